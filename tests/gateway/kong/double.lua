-- A thin double of what Kong gives a function: the sandbox, and the parts of its PDK and of ngx that ours use.
-- Each line of the input is a command in JSON, each line of the output its answer.
local cjson = require "cjson.safe"
local EXIT = {}
local functions, state = {}, nil

local function kept(names)
  local found = {}
  for name in names:gmatch("%S+") do
    local module, member = name:match("^([^.]+)%.(.+)$")
    if module then
      found[module] = found[module] or {}
      found[module][member] = _G[module][member]
    else
      found[name] = _G[name]
    end
  end
  return found
end

local ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function decode_base64(text)
  if #text % 4 ~= 0 or not text:match("^[A-Za-z0-9+/]*=?=?$") then return nil end
  local bits = text:gsub("=", ""):gsub(".", function(character)
    local number, found = ALPHABET:find(character, 1, true) - 1, ""
    for power = 5, 0, -1 do found = found .. (math.floor(number / 2 ^ power) % 2) end
    return found
  end)
  return (bits:gsub("%d%d%d?%d?%d?%d?%d?%d?", function(byte)
    return #byte == 8 and string.char(tonumber(byte, 2)) or ""
  end))
end

local function lower_keys(headers)
  return setmetatable(headers, {__index = function(self, name) return rawget(self, name:lower()) end})
end

local function new_state(request)
  for name, value in pairs(request.headers) do
    if type(value) == "table" and #value == 1 then request.headers[name] = value[1] end
  end
  return {request = request, headers = lower_keys(request.headers), answer = {}, shared = {}}
end

local PHASE = {access = true}

local function in_access()
  assert(PHASE.access, "this may be called in the phase `access` only")
end

local kong = {
  ctx = setmetatable({}, {__index = function(_, name) return name == "shared" and state.shared or nil end}),
  request = {
    get_headers = function(most)
      assert(most >= 1 and most <= 1000)
      return state.headers
    end,
    get_header = function(name)
      local found = state.headers[name]
      return type(found) == "table" and found[1] or found
    end,
    get_method = function() return state.request.method end,
    get_host = function() return state.request.host end,
    get_path_with_query = function() return state.request.target end,
    get_path = function() return state.request.path end,
    get_id = function() return "0123456789abcdef" end,
  },
  router = {get_route = function() return {name = state.request.route} end},
  client = {get_consumer = function() return state.consumer end},
  service = {request = {
    clear_header = function(name) in_access() rawset(state.headers, name:lower(), nil) end,
    set_header = function(name, value) in_access() rawset(state.headers, name:lower(), value) end,
  }},
  response = {
    exit = function(status, body)
      in_access()
      error({EXIT, status, body})
    end,
    get_status = function() return state.status end,
    clear_header = function(name) rawset(state.answer, name:lower(), nil) end,
    set_header = function(name, value) rawset(state.answer, name:lower(), value) end,
  },
}

local ngx = {
  var = setmetatable({}, {__index = function(_, name)
    return (name == "remote_addr" or name == "realip_remote_addr") and state.request.source or nil
  end}),
  req = {start_time = function() return state.request.now - 0.25 end},
  time = function() return math.floor(state.request.now) end,
  now = function() return state.request.now end,
  utctime = function() return "2026-01-02 03:04:05" end,
  decode_base64 = decode_base64,
}

local function sandboxed()
  local env = kept([[
    _VERSION assert error ipairs next pairs pcall select tonumber tostring type unpack xpcall
    math.abs math.ceil math.floor math.huge math.max math.min math.modf math.pow
    os.clock os.date os.difftime os.time
    string.byte string.char string.find string.format string.gmatch string.gsub string.len string.lower string.match
    string.rep string.reverse string.sub string.upper
    table.concat table.insert table.maxn table.remove table.sort
  ]])
  env.kong, env.ngx = kong, ngx
  env.require = function(name)
    if name ~= "cjson.safe" then error("require '" .. name .. "' not allowed within sandbox") end
    return cjson
  end
  return env
end

local commands = {}

function commands.load(given)
  local chunk, fault = load(given.code, "=" .. given.name, "t", sandboxed())
  if not chunk then return {fault = fault} end
  local works, found = pcall(chunk)
  if not works then return {fault = tostring(found)} end
  functions[given.name] = found
  return {}
end

function commands.value(given) return {value = assert(load("return " .. given.code, "=value", "t", {}))()} end

function commands.start(given)
  state = new_state(given.request)
  return {}
end

function commands.set(given)
  state.consumer, state.status = given.consumer or state.consumer, given.status or state.status
  for name, value in pairs(given.answer or {}) do state.answer[name] = value end
  return {}
end

function commands.run(given)
  PHASE.access = given.phase ~= "header_filter" and given.phase ~= "log"
  local works, fault = pcall(functions[given.name])
  if works then
    return {result = fault, headers = setmetatable(state.headers, nil) and lower_keys(state.headers),
            answer = state.answer}
  end
  if type(fault) == "table" and fault[1] == EXIT then return {status = fault[2], body = fault[3]} end
  return {status = 500, fault = tostring(fault)}
end

for line in io.lines() do
  local given = cjson.decode(line)
  io.write(cjson.encode(commands[given.command](given)), "\n")
  io.flush()
end
