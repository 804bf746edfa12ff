-- wrk script: files complaints, each under an Idempotency-Key of its own. KEY is the API key.
local thread_count = 0
function setup(thread)
   thread_count = thread_count + 1
   thread:set("number", thread_count)
end
local sent = 0
local run = tostring(os.time())
function request()
   sent = sent + 1
   local headers = {["Authorization"] = "Bearer " .. os.getenv("KEY"), ["Content-Type"] = "application/json",
      ["Idempotency-Key"] = run .. "-" .. number .. "-" .. sent}
   local body = '{"inputs":{"channel":"web","raw_content":"冰箱用了一个月就不制冷了","description":"冰箱用了一个月就不制冷了，食物全坏，售后电话排队四十分钟没有人接。","complainant_name":"李雷","complainant_contacts":{"phone":"138' ..
      string.format("%d%07d", number, sent) .. '"},"remedy_unknown":true}}'
   return wrk.format("POST", "/api/v1/cases", headers, body)
end
