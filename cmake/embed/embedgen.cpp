// embedgen SYMBOL DIR OUT.cpp OUT.S FILES…: a table of embedded files, bytes by .incbin. Without
// FILES, all below DIR.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

int main(int argc, char** argv)
{
    if (argc < 5)
        return 2;
    const std::string symbol = argv[1];
    const std::filesystem::path dir = argv[2];
    std::ofstream cpp(argv[3]);
    std::ofstream assembler(argv[4]);
    std::vector<std::string> files(argv + 5, argv + argc);
    if (files.empty())
        for (const auto& entry : std::filesystem::recursive_directory_iterator{dir})
            if (entry.is_regular_file())
                files.push_back(entry.path().generic_string());
    std::sort(files.begin(), files.end());

    cpp << "#include \"base/embedded.hpp\"\n\n#include <vector>\n\n";
    assembler << ".section .rodata\n";
    std::string rows;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string name = "redress_" + symbol + "_" + std::to_string(i);
        assembler << ".globl " << name << "\n"
                  << name << ":\n.incbin \"" << files[i] << "\"\n.globl " << name << "_end\n"
                  << name << "_end:\n.byte 0\n";
        cpp << "extern \"C\" const char " << name << "[], " << name << "_end[];\n";
        rows += "        {\"" + std::filesystem::relative(files[i], dir).generic_string() +
                "\", {" + name + ", static_cast<std::size_t>(" + name + "_end - " + name + ")}},\n";
    }
    assembler << ".section .note.GNU-stack,\"\",@progbits\n";
    cpp << "\nnamespace redress::embedded {\n\nstd::span<const File> " << symbol
        << "()\n{\n    static const std::vector<File> files{\n"
        << rows << "    };\n    return files;\n}\n\n}  // namespace redress::embedded\n";
}
