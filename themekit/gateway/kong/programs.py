"""The Lua that Kong runs for each request: the same in every policy, which is only a table in front of it.

Kong's plugins cannot ask for an issuer, an audience, a scope or a claim, so `BEFORE` does it before all of them, on a
token that nobody has verified yet; the `jwt` plugin then verifies the very same text, and `AFTER`, which runs last,
lets through only what both have passed. Whatever goes wrong in either is an answer of 500, never a way through.
"""

from __future__ import annotations

BEFORE = r"""
local cjson = require "cjson.safe"
local ASYMMETRIC = {RS256=1, RS384=1, RS512=1, PS256=1, PS384=1, PS512=1, ES256=1, ES384=1, ES512=1, EdDSA=1}
-- Kong's plugins read a hundred headers and miss the rest; some of these are Kong's and ours.
local MAX_HEADERS, MOST_TO_READ = 90, 1000

local function refuse(status, reason)
  kong.ctx.shared.themekit.reason = reason
  return kong.response.exit(status, {message = reason})
end

local function values(headers, name)
  local found = headers[name]
  if found == nil then return {} end
  return type(found) == "table" and found or {tostring(found)}
end

local function value(headers, name)
  local found = values(headers, name)
  return #found == 1 and found[1] or ""
end

local function contains(list, wanted)
  for _, each in ipairs(list) do
    if each == wanted then return true end
  end
  return false
end

-- The path in the one way that it can be read, or nil if there are two. RFC 3986, section 6.2.2.
local function normal_path(target)
  local path = target:match("^[^?]*")
  if path:sub(1, 1) ~= "/" or target:find("#", 1, true) then return nil end
  for digits in path:gmatch("%%(%x%x)") do
    local upper = digits:upper()
    if upper == "2F" or upper == "5C" or upper == "00" then return nil end
  end
  local plain = path:gsub("\\", "/"):gsub("%%(%x%x)", function(digits)
    local character = string.char(tonumber(digits, 16))
    return character:match("[A-Za-z0-9._~-]")
  end)
  local parts = {}
  for part in plain:sub(2):gmatch("([^/]*)") do
    if part == ".." then
      parts[#parts] = nil
    elseif part ~= "" and part ~= "." then
      parts[#parts + 1] = part
    end
  end
  local last = plain:match("([^/]*)$")
  local is_folder = last == "" or last == "." or last == ".."
  return "/" .. table.concat(parts, "/") .. (is_folder and #parts > 0 and "/" or "")
end

-- Two lengths, or a header that some servers take for another.
local function is_ambiguous(headers)
  for name in pairs(headers) do
    if name:find("_", 1, true) then return true end
  end
  return #values(headers, "content-length") + #values(headers, "transfer-encoding") > 1
end

local function ipv4(text)
  local bytes = {text:match("^(%d+)%.(%d+)%.(%d+)%.(%d+)$")}
  if #bytes ~= 4 then return nil end
  for index, digits in ipairs(bytes) do
    if #digits > 3 or (#digits > 1 and digits:sub(1, 1) == "0") or tonumber(digits) > 255 then return nil end
    bytes[index] = tonumber(digits)
  end
  return bytes
end

local function groups(text, bytes)
  if text == "" then return bytes end
  local parts = {}
  for part in (text .. ":"):gmatch("([^:]*):") do parts[#parts + 1] = part end
  for index, part in ipairs(parts) do
    local embedded = index == #parts and ipv4(part)
    if embedded then
      for _, byte in ipairs(embedded) do bytes[#bytes + 1] = byte end
    elseif part:match("^%x%x?%x?%x?$") then
      local number = tonumber(part, 16)
      bytes[#bytes + 1] = math.floor(number / 256)
      bytes[#bytes + 1] = number % 256
    else
      return nil
    end
  end
  return bytes
end

local function ipv6(text)
  local left, right = text:match("^(.-)::(.*)$")
  if not left then
    local bytes = text:find(":", 1, true) and groups(text, {})
    return bytes and #bytes == 16 and bytes or nil
  end
  if left:match("%d%.%d") then return nil end
  local head, tail = groups(left, {}), groups(right, {})
  if not head or not tail or #head + #tail > 14 then return nil end
  for _ = 1, 16 - #head - #tail do head[#head + 1] = 0 end
  for _, byte in ipairs(tail) do head[#head + 1] = byte end
  return head
end

local function address_of(text) return ipv4(text) or ipv6(text) end

-- The address that the trusted proxies tell, counted from the right.
local function client_address(headers)
  local source = ngx.var.realip_remote_addr or ngx.var.remote_addr
  if policy.hops == 0 then return source end
  local told = {}
  for _, each in ipairs(values(headers, "x-forwarded-for")) do
    for part in (each .. ","):gmatch("([^,]*),") do told[#told + 1] = part:match("^%s*(.-)%s*$") end
  end
  local found = told[#told - policy.hops + 1]
  return found and address_of(found) and found or source
end

local function is_within(bytes, networks)
  for _, network in ipairs(networks) do
    local bits, is_in = network.bits, #network.bytes == #bytes
    for index = 1, is_in and math.ceil(bits / 8) or 0 do
      local unit = 2 ^ math.max(0, index * 8 - bits)
      if math.floor(bytes[index] / unit) ~= math.floor(network.bytes[index] / unit) then is_in = false end
    end
    if is_in then return true end
  end
  return false
end

-- What one customer has: an address, or the /64 of an IPv6 address.
local function network_of(text, bytes)
  if #bytes == 4 then return text end
  local half = {}
  for index = 1, 8 do half[index] = string.format("%02x", bytes[index]) end
  return table.concat(half) .. "/64"
end

local function decoded(part)
  local text = part:gsub("-", "+"):gsub("_", "/")
  local json = ngx.decode_base64(text .. ("="):rep(-#text % 4))
  local found = json and cjson.decode(json)
  return type(found) == "table" and found or nil
end

local function is_number(found) return type(found) == "number" and found == found and math.abs(found) < math.huge end

local function is_printable(text) return not text:find("[^ -~]") end

local function words(claim)
  if type(claim) == "table" then return claim end
  local found = {}
  if type(claim) == "string" then
    for word in (claim .. " "):gmatch("([^ ]*) ") do found[#found + 1] = word end
  end
  return found
end

local function has_value(claim, wanted)
  for _, each in ipairs(type(claim) == "table" and claim or {claim}) do
    if type(each) == "string" and contains(wanted, each) then return true end
  end
  return false
end

local function has_scopes(claim, groups_of_scopes)
  local had = words(claim)
  for _, group in ipairs(groups_of_scopes) do
    local has_all = true
    for _, scope in ipairs(group) do has_all = has_all and contains(had, scope) end
    if has_all then return true end
  end
  return false
end

-- The status, the reason, or nil and the claims with their issuer. Their signature is not verified here.
local function token_fault(headers, operation)
  local shown = values(headers, "authorization")
  if #shown == 0 then return 401, "no-token" end
  if #shown > 1 then return 401, "bad-token" end
  local first, second, third = shown[1]:match("^[Bb]earer ([%w_-]+)%.([%w_-]+)%.([%w_-]*)$")
  if not first then return 401, shown[1]:match("^[Bb]earer ") and "bad-token" or "no-token" end
  local header, claims = decoded(first), decoded(second)
  if not header or not claims then return 401, "bad-token" end
  local issuer
  for _, each in ipairs(policy.issuers) do
    if not issuer and each.issuer == claims.iss and contains(operation.tokens, each.name) then issuer = each end
  end
  if not issuer or header.crit ~= nil or not is_number(claims.exp) then return 401, "bad-token" end
  if claims.exp <= ngx.time() then return 401, "expired-token" end
  if claims.nbf ~= nil and not (is_number(claims.nbf) and claims.nbf <= ngx.time()) then return 401, "bad-token" end
  if not has_value(claims.aud, issuer.audiences) then return 401, "wrong-audience" end
  local key, algorithm = header.kid, header.alg
  if type(key) ~= "string" or type(algorithm) ~= "string" then return 401, "bad-token" end
  if claims.kid ~= nil and claims.kid ~= key then return 401, "bad-token" end
  if not ASYMMETRIC[algorithm] or third == "" then return 401, "bad-token" end
  if issuer.keys and issuer.keys[key] ~= algorithm then return 401, "bad-token" end
  local consumer = claims[issuer.consumer]
  if type(consumer) ~= "string" or not (consumer:match("^[!-~][ -~]*[!-~]$") or consumer:match("^[!-~]$")) then
    return 403, "no-consumer"
  end
  for _, change in ipairs(policy.set) do
    local claim = change.claim and claims[change.claim]
    if type(claim) == "string" and not is_printable(claim) then return 403, "missing-claim" end
  end
  if #operation.scopes > 0 and not has_scopes(claims[issuer.scope], operation.scopes) then
    return 403, "missing-scope"
  end
  for _, each in ipairs(operation.claims) do
    if not has_value(claims[each.name], each.values) then return 403, "missing-claim" end
  end
  return nil, nil, claims, issuer
end

local function set_headers(claims)
  local found = {}
  for _, change in ipairs(policy.set) do
    local text = change.value or (claims and claims[change.claim])
    if type(text) == "string" and text ~= "" then found[#found + 1] = {change.name, text} end
  end
  return found
end

return function()
  local seen = {}
  kong.ctx.shared.themekit = seen
  kong.service.request.clear_header(policy.counted)
  local headers = kong.request.get_headers(MOST_TO_READ)
  local count = 0
  for name in pairs(headers) do count = count + #values(headers, name) end
  if count > MAX_HEADERS then return refuse(431, "too-many-headers") end
  local path = normal_path(kong.request.get_path_with_query())
  if not path or is_ambiguous(headers) then return refuse(400, "ambiguous-request") end
  seen.address = client_address(headers)
  local bytes = address_of(seen.address)
  local is_allowed = bytes and (#policy.allow == 0 or is_within(bytes, policy.allow))
  if not is_allowed or is_within(bytes, policy.deny) then return refuse(403, "denied-address") end
  if not policy.hosts[kong.request.get_host():lower()] then return refuse(404, "unknown-host") end

  local alike = {}
  for _, each in ipairs(policy.paths) do
    if path:match(each.pattern) then alike = each.operations break end
  end
  local route, method = kong.router.get_route().name, kong.request.get_method()
  local origin = value(headers, "origin")
  local wanted = alike[value(headers, "access-control-request-method")]
  if method == "OPTIONS" and origin ~= "" and wanted and wanted.origins then
    if not (contains(wanted.origins, "*") or contains(wanted.origins, origin)) then
      return refuse(403, "foreign-origin")
    end
    if route ~= wanted.preflight then return refuse(404, "unknown-operation") end
    seen.operation = wanted.id
    return
  end
  local found = alike[method]
  local operation = found and found.route == route and policy.operations[found.id]
  if not operation then return refuse(404, "unknown-operation") end
  seen.operation = found.id

  local claims, issuer
  if not operation.public then
    local status, reason
    status, reason, claims, issuer = token_fault(headers, operation)
    if status then return refuse(status, reason) end
    seen.consumer, seen.account = claims[issuer.consumer], issuer.account
  end
  if operation.counts then
    local who = {
      consumer = issuer and issuer.account .. ":" .. seen.consumer or "",
      address = network_of(seen.address, bytes),
      route = found.id,
    }
    kong.service.request.set_header(policy.counted, operation.counts .. ":" .. who[operation.counts])
  end
  seen.is_public, seen.removed, seen.set = operation.public, operation.removed, set_headers(claims)
  seen.route = route
end
"""

AFTER = r"""
local OF_KONG = {
  "X-Consumer-ID", "X-Consumer-Custom-ID", "X-Consumer-Username", "X-Credential-Identifier",
  "X-Anonymous-Consumer", "X-Authenticated-Scope", "X-Authenticated-Userid",
}

return function()
  local seen, route = kong.ctx.shared.themekit, kong.router.get_route()
  if not seen or not seen.route or not route or seen.route ~= route.name then
    return kong.response.exit(500, {message = "not-decided"})
  end
  local consumer = kong.client.get_consumer()
  if not seen.is_public and not (seen.account and consumer and consumer.username == seen.account) then
    return kong.response.exit(401, {message = "bad-token"})
  end
  kong.service.request.clear_header(policy.counted)
  for _, name in ipairs(OF_KONG) do kong.service.request.clear_header(name) end
  for _, name in ipairs(seen.removed) do kong.service.request.clear_header(name) end
  for _, each in ipairs(seen.set) do kong.service.request.set_header(each[1], each[2]) end
end
"""

ANSWER = r"""
return function()
  for _, name in ipairs(policy.response_removed) do kong.response.clear_header(name) end
  for _, each in ipairs(policy.response_set) do kong.response.set_header(each.name, each.value) end
end
"""


def program(table: str, code: str) -> str:
    """A chunk that returns the function: the policy's table, which is a Lua literal, and one of the programs."""
    return f"local policy = {table}\n{code.lstrip()}"
