"""Slack's own client (slack_sdk) for the tests: says whether our workspace is one, and our signatures are right.

    web BASE_URL TOKEN CHANNEL USER TRIGGER    drives the Web API; prints what it counted
    sign                                       answers each line of JSON: a signature, or whether one is valid
    socket BASE_URL APP_TOKEN                  connects by Socket Mode; prints what it is sent, and acknowledges it

Ends with its standard input; a failed expectation is an error.
"""
import json
import sys

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, HeaderBlock, InputBlock, PlainTextInputElement, SectionBlock
from slack_sdk.models.metadata import Metadata
from slack_sdk.models.views import View
from slack_sdk.signature import Clock, SignatureVerifier
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse


def say(**what):
    print(json.dumps(what), flush=True)


def web(base_url, token, channel, user, trigger):
    client = WebClient(token=token, base_url=base_url)
    refused = []

    def refuses(code, call, **arguments):
        try:
            call(**arguments)
        except SlackApiError as error:
            assert error.response["error"] == code, error
            refused.append(code)
        else:
            raise AssertionError(f"{code} was expected")

    who = client.auth_test()
    assert who["ok"] and who["team_id"] and who["bot_id"]
    refuses("invalid_auth", WebClient(token="xoxb-no", base_url=base_url).auth_test)
    refuses("not_authed", WebClient(base_url=base_url).auth_test)

    # Through all pages, which may be short.
    channels = [one for page in client.conversations_list(types="public_channel,private_channel", limit=7)
                for one in page["channels"]]
    assert channel in [one["id"] for one in channels]
    refuses("not_in_channel", client.chat_postMessage, channel=channel, text="x")
    client.conversations_join(channel=channel)
    assert client.conversations_info(channel=channel)["channel"]["is_member"]
    members = [one for page in client.conversations_members(channel=channel, limit=3) for one in page["members"]]
    assert user in members and len(members) == len(set(members))

    blocks = [
        HeaderBlock(text="Possible outage"),
        SectionBlock(text="5xx on <https://example.org|the site>"),
        ActionsBlock(elements=[ButtonElement(text="Yes", action_id="confirm", value="1", style="primary")]),
    ]
    metadata = Metadata(event_type="candor_message", event_payload={"id": "1"})
    root = client.chat_postMessage(channel=channel, text="Possible outage", blocks=blocks, metadata=metadata)
    ts = root["ts"]
    assert root["message"]["blocks"][0]["type"] == "header"
    reply = client.chat_postMessage(channel=channel, text="Confirmed", thread_ts=ts, reply_broadcast=True)
    client.chat_update(channel=channel, ts=ts, text="Outage", blocks=blocks[:2])
    client.chat_postEphemeral(channel=channel, user=user, text="Only you see this")
    refuses("thread_not_found", client.chat_postMessage, channel=channel, text="x", thread_ts="1.000001")
    refuses("message_not_found", client.chat_update, channel=channel, ts="1.000001", text="x")
    refuses("channel_not_found", client.chat_postMessage, channel="C404", text="x")
    refuses("no_text", client.chat_postMessage, channel=channel, text="")
    refuses("invalid_blocks", client.chat_postMessage, channel=channel, text="x",
            blocks=[{"type": "header", "text": {"type": "plain_text", "text": ""}}])
    refuses("msg_blocks_too_long", client.chat_postMessage, channel=channel, text="x",
            blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5)

    for number in range(20):
        client.chat_postMessage(channel=channel, text=f"message {number}")
    history = [one for page in client.conversations_history(channel=channel, limit=6, include_all_metadata=True)
               for one in page["messages"]]
    assert len(history) == 22, history
    assert [float(one["ts"]) for one in history] == sorted((float(one["ts"]) for one in history), reverse=True)
    found = [one for one in history if one.get("metadata", {}).get("event_payload") == {"id": "1"}]
    assert [(one["ts"], one["text"]) for one in found] == [(ts, "Outage")]
    assert "metadata" not in client.conversations_history(channel=channel, oldest=ts, latest=ts, inclusive=True)["messages"][0]
    thread = client.conversations_replies(channel=channel, ts=ts)["messages"]
    assert [one["ts"] for one in thread] == [ts, reply["ts"]] and thread[1]["thread_ts"] == ts

    view = View(type="modal", callback_id="update", title="Post an update", submit="Preview", blocks=[
        InputBlock(block_id="text", label="Text", element=PlainTextInputElement(action_id="x", multiline=True)),
    ])
    opened = client.views_open(trigger_id=trigger, view=view)["view"]
    refuses("exchanged_trigger_id", client.views_open, trigger_id=trigger, view=view)
    refuses("hash_conflict", client.views_update, view_id=opened["id"], hash="old", view=view)
    updated = client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)["view"]
    assert updated["hash"] != opened["hash"] and updated["root_view_id"] == opened["id"]
    refuses("not_found", client.views_update, view_id="V404", view=view)
    client.views_publish(user_id=user, view=View(type="home", blocks=blocks))

    assert client.users_info(user=user)["user"]["profile"]["display_name"]
    # The test has ordered two 429 answers for this method.
    patient = WebClient(token=token, base_url=base_url)
    patient.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    refuses("no_such_subteam", patient.usergroups_users_list, usergroup="S404")
    client.chat_delete(channel=channel, ts=ts)
    say(refused=refused, channels=len(channels), history=len(history))


class Fixed(Clock):
    def __init__(self, now):
        self.fixed = now

    def now(self):
        return self.fixed


def sign():
    for line in sys.stdin:
        asked = json.loads(line)
        verifier = SignatureVerifier(asked["secret"], Fixed(asked["now"]))
        body = bytes.fromhex(asked["body"])
        if "signature" in asked:
            headers = {"X-Slack-Request-Timestamp": asked["timestamp"], "X-Slack-Signature": asked["signature"]}
            say(valid=verifier.is_valid_request(body, headers))
        else:
            say(signature=verifier.generate_signature(timestamp=asked["timestamp"], body=body))


def socket(base_url, app_token):
    client = SocketModeClient(app_token=app_token, web_client=WebClient(base_url=base_url), ping_interval=1)

    def take(client, request):
        say(type=request.type, payload=request.payload, retry=request.retry_attempt)
        payload = {"text": "taken"} if request.accepts_response_payload else None
        client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=payload))

    client.socket_mode_request_listeners.append(take)
    client.connect()
    say(connected=True)
    sys.stdin.read()
    client.close()


{"web": web, "sign": sign, "socket": socket}[sys.argv[1]](*sys.argv[2:])
