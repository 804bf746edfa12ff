-- wrk script: opens cases at random between FIRST and LAST (STEP apart), or reads PAGE when that is set.
local headers = {["Authorization"] = "Bearer " .. os.getenv("KEY")}
local page = os.getenv("PAGE")
local first, last, step = tonumber(os.getenv("FIRST") or 1), tonumber(os.getenv("LAST") or 1), tonumber(os.getenv("STEP") or 1)
function request()
   if page and page ~= "" then return wrk.format("GET", page, headers) end
   local id = first + step * math.random(0, math.floor((last - first) / step))
   return wrk.format("GET", "/api/v1/cases/" .. id, headers)
end
