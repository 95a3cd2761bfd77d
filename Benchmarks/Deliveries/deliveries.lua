-- Deliveries of Okta's event hooks, each with one log event, for wrk.
-- Arguments: the hook's secret, and a number that no other run has.
local threads = 0
function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

local before, middle, after, count
function init(arguments)
  secret, run = arguments[1], tonumber(arguments[2])
  count = 0
  math.randomseed(run * 100 + id)
  -- Text as varied as a user agent's and a debug context's, so that compressing it is work.
  local words = {}
  for word = 1, 180 do words[word] = string.format("%x", math.random(2 ^ 28)) end
  local risk = table.concat(words, " ")
  before = '{"eventType":"com.okta.event_hook","eventTypeVersion":"1.0","cloudEventsVersion":"0.1",' ..
    '"source":"https://acme.example.com/api/v1/eventHooks/who1","eventId":"'
  middle = '","data":{"events":[{"uuid":"'
  after = '","published":"2026-09-14T08:00:00.000Z","eventType":"group.user_membership.add",' ..
    '"version":"0","severity":"INFO","displayMessage":"Add user to group membership",' ..
    '"actor":{"id":"00u1","type":"User","alternateId":"admin@example.com","displayName":"An Admin"},' ..
    '"client":{"userAgent":{"rawUserAgent":"Mozilla/5.0","os":"Linux","browser":"FIREFOX"},' ..
    '"ipAddress":"203.0.113.7","zone":"null","device":"Computer"},' ..
    '"outcome":{"result":"SUCCESS","reason":null},' ..
    '"debugContext":{"debugData":{"requestUri":"/api/v1/groups","risk":"' .. risk .. '"}},' ..
    '"transaction":{"type":"WEB","id":"' .. run .. '","detail":{}},' ..
    '"target":[{"id":"00u2","type":"User","alternateId":"user@example.com","displayName":"User"},' ..
    '{"id":"00g1","type":"UserGroup","displayName":"No-Code Builders"}]}]},' ..
    '"eventTime":"2026-09-14T08:00:01.000Z","contentType":"application/json"}'
  fields = { ["Authorization"] = secret, ["Content-Type"] = "application/json" }
end

function request()
  count = count + 1
  -- As Okta's: a log event's id tells its time (version 1), a delivery's is random (version 4).
  local delivery = string.format(
    "%08x-%04x-4%03x-a%03x-%012d", math.random(0, 2 ^ 31 - 1), math.random(0, 65535), id, run % 4096, count)
  local event = string.format("%08x-598c-11ef-%04x-%012x", count, run * 16 + id, run)
  return wrk.format("POST", nil, fields, before .. delivery .. middle .. event .. after)
end
