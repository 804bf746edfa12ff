#include "app/commands.hpp"

int main(int argc, char** argv)
{
    return redress::app::run(argc, argv);
}
