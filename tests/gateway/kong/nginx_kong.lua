-- Kong's part in a real nginx with its Lua module: the PDK over the real `ngx`, and what the plugins do that are
-- emitted, after Kong's documentation. Signatures are verified by OpenSSL, with the keys as they were emitted.
local cjson = require "cjson.safe"
local ffi = require "ffi"
local crypto = ffi.load("crypto")
ffi.cdef [[
  void *BIO_new_mem_buf(const void *buf, int len);
  int BIO_free(void *bio);
  void *PEM_read_bio_PUBKEY(void *bio, void **key, void *cb, void *u);
  void *EVP_MD_CTX_new(void);
  void EVP_MD_CTX_free(void *ctx);
  const void *EVP_sha256(void);
  int EVP_DigestVerifyInit(void *ctx, void **pctx, const void *type, void *engine, void *key);
  int EVP_DigestVerify(void *ctx, const char *sig, size_t siglen, const char *data, size_t len);
]]

local PRIORITY = {
  ["pre-function"] = 1000000, cors = 2000, jwt = 1450, ["request-size-limiting"] = 951, ["rate-limiting"] = 910,
  ["request-termination"] = 2, ["post-function"] = -1000,
}
local WINDOWS = {second = 1, minute = 60, hour = 3600}
local RESERVED = "!*'();:@&=+$,/?%#[]"
local _M, declared, keys, compiled = {}, nil, {}, {}

local function exit(status, body)
  ngx.status = status
  ngx.header["Content-Type"] = "application/json"
  ngx.print(cjson.encode(body or {message = ""}))
  return ngx.exit(status)
end

local kong = {
  ctx = setmetatable({}, {__index = function(_, name)
    if name ~= "shared" then return nil end
    ngx.ctx.shared = ngx.ctx.shared or {}
    return ngx.ctx.shared
  end}),
  request = {
    get_headers = function(most) return ngx.req.get_headers(most) end,
    get_header = function(name)
      local found = ngx.req.get_headers(100)[name]
      return type(found) == "table" and found[1] or found
    end,
    get_method = ngx.req.get_method,
    get_host = function() return ngx.var.host end,
    get_path_with_query = function() return ngx.var.request_uri end,
  },
  router = {get_route = function() return ngx.ctx.route end},
  client = {get_consumer = function() return ngx.ctx.consumer end},
  service = {request = {clear_header = ngx.req.clear_header, set_header = ngx.req.set_header}},
  response = {
    exit = exit,
    set_header = function(name, value) ngx.header[name] = value end,
    clear_header = function(name) ngx.header[name] = nil end,
  },
}

local function sandboxed()
  local env = {
    kong = kong, ngx = ngx, string = string, table = table, math = math, ipairs = ipairs, pairs = pairs, type = type,
    tostring = tostring, tonumber = tonumber,
  }
  env.require = function(name)
    assert(name == "cjson.safe", "not allowed within sandbox")
    return cjson
  end
  return env
end

local function run(code)
  compiled[code] = compiled[code] or assert(load(code, "=policy", "t", sandboxed()))()
  return compiled[code]()
end

local function normalized(uri)
  local path = uri:match("^[^?]*"):gsub("%%(%x%x)", function(digits)
    local character = string.char(tonumber(digits, 16))
    return RESERVED:find(character, 1, true) and "%" .. digits:upper() or character
  end)
  local parts = {}
  for part in path:sub(2):gmatch("[^/]*") do
    if part == ".." then parts[#parts] = nil elseif part ~= "" and part ~= "." then parts[#parts + 1] = part end
  end
  local last = path:match("([^/]*)$")
  local is_folder = (last == "" or last == "." or last == "..") and #parts > 0
  return "/" .. table.concat(parts, "/") .. (is_folder and "/" or "")
end

local function has(list, wanted)
  for _, each in ipairs(list or {wanted}) do
    if each:lower() == wanted:lower() then return true end
  end
  return false
end

local function fits(route, path)
  if not has(route.hosts, ngx.var.host) or not has(route.methods, ngx.req.get_method()) then return false end
  for name, wanted in pairs(route.headers or {}) do
    if not has(wanted, kong.request.get_header(name) or "") then return false end
  end
  local pattern = route.paths[1]
  if pattern:sub(1, 1) ~= "~" then return path:sub(1, #pattern) == pattern, 0 end
  return ngx.re.match(path, "^" .. pattern:sub(2), "jo") ~= nil, 1
end

local function find_route()
  local path, best, weight = normalized(ngx.var.request_uri), nil, -1
  for _, service in ipairs(declared.services) do
    for _, route in ipairs(service.routes) do
      local is_fit, is_pattern = fits(route, path)
      local own = (route.methods and 2e6 or 0) + (route.headers and 2e6 or 0) + (is_pattern or 0) * 1e6
      own = own + route.regex_priority
      if is_fit and own > weight then best, weight = {service = service, route = route}, own end
    end
  end
  return best
end

local function decoded(text)
  local plain = text:gsub("-", "+"):gsub("_", "/")
  return ngx.decode_base64(plain .. ("="):rep(-#text % 4))
end

local function is_signed(secret, message, signature)
  local bio = crypto.BIO_new_mem_buf(secret.rsa_public_key, #secret.rsa_public_key)
  local key, ctx = crypto.PEM_read_bio_PUBKEY(bio, nil, nil, nil), crypto.EVP_MD_CTX_new()
  assert(key ~= nil and secret.algorithm == "RS256")
  crypto.EVP_DigestVerifyInit(ctx, nil, crypto.EVP_sha256(), nil, key)
  local result = crypto.EVP_DigestVerify(ctx, signature, #signature, message, #message)
  crypto.EVP_MD_CTX_free(ctx)
  crypto.BIO_free(bio)
  return result == 1
end

local plugins = {}

plugins["pre-function"] = function(config) return run(config.access[1]) end
plugins["post-function"] = plugins["pre-function"]

function plugins.cors(config)
  if ngx.req.get_method() ~= "OPTIONS" or not kong.request.get_header("access-control-request-method") then return end
  ngx.header["Access-Control-Allow-Origin"] = config.origins[1]
  return exit(200)
end

function plugins.jwt(config)
  local text = (kong.request.get_header("authorization") or ""):match("%s*[Bb]earer%s+(.+)")
  if not text then return exit(401, {message = "Unauthorized"}) end
  local first, second, third = text:match("^([^.]*)%.([^.]*)%.(.*)$")
  local header, claims = cjson.decode(decoded(first) or ""), cjson.decode(decoded(second) or "")
  local known = keys[claims[config.key_claim_name] or header[config.key_claim_name]]
  if not known then return exit(401, {message = "No credentials found"}) end
  if header.alg ~= known.secret.algorithm then return exit(401, {message = "Invalid algorithm"}) end
  if not is_signed(known.secret, first .. "." .. second, decoded(third) or "") then
    return exit(401, {message = "Invalid signature"})
  end
  ngx.ctx.consumer = {username = known.consumer}
end

plugins["request-size-limiting"] = function(config)
  local length = tonumber(kong.request.get_header("content-length"))
  if not length then
    ngx.req.read_body()
    length = #(ngx.req.get_body_data() or "")
  end
  if length > config.allowed_payload_size then return exit(413) end
end

plugins["rate-limiting"] = function(config)
  local who = assert(kong.request.get_header(config.header_name), "nobody to count")
  for period, seconds in pairs(WINDOWS) do
    local most = config[period]
    if type(most) == "number" then
      local window = table.concat({ngx.ctx.route.name, who, period, math.floor(ngx.time() / seconds)}, "|")
      if ngx.shared.counts:incr(window, 1, 0) > most then return exit(config.error_code) end
    end
  end
end

plugins["request-termination"] = function(config) return exit(config.status_code, {message = config.message}) end

function _M.load(path)
  local file = assert(io.open(path))
  declared = assert(cjson.decode(file:read("*a")))
  file:close()
  for _, consumer in ipairs(declared.consumers) do
    for _, secret in ipairs(consumer.jwt_secrets) do keys[secret.key] = {consumer = consumer.username, secret = secret} end
  end
end

function _M.access()
  local found = find_route()
  if not found then return exit(404, {message = "no Route matched with those values"}) end
  ngx.ctx.route, ngx.ctx.service = found.route, found.service
  local ordered = {}
  for _, entity in ipairs({found.service, found.route}) do
    for _, plugin in ipairs(entity.plugins) do
      if PRIORITY[plugin.name] then ordered[#ordered + 1] = plugin end
    end
  end
  table.sort(ordered, function(one, other) return PRIORITY[one.name] > PRIORITY[other.name] end)
  for _, plugin in ipairs(ordered) do plugins[plugin.name](plugin.config) end
end

function _M.header_filter()
  if not ngx.ctx.service then return end
  for _, plugin in ipairs(ngx.ctx.service.plugins) do
    if plugin.name == "post-function" then run(plugin.config.header_filter[1]) end
  end
end

return _M
