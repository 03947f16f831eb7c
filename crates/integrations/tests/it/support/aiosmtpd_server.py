"""A real mail server (aiosmtpd) for the tests: prints its port, then each mail it takes as a line of JSON.

Arguments: starttls | tls, certificate, key, user, password. Ends when its standard input does.
"""
import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

mode, certificate, key, user, password = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


def authenticate(server, session, envelope, mechanism, data):
    known = LoginPassword(user.encode(), password.encode())
    return AuthResult(success=data == known, handled=False)


class Prints:
    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "data": envelope.original_content.decode("utf-8"),
            "encrypted": server.transport.get_extra_info("ssl_object") is not None,
            "authenticated": session.authenticated,
        }), flush=True)
        return "250 2.0.0 printed"


def session():
    options = {"tls_context": context, "require_starttls": True} if mode == "starttls" else {"auth_require_tls": False}
    return SMTP(Prints(), enable_SMTPUTF8=True, auth_required=True, authenticator=authenticate, **options)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "localhost", 0, ssl=context if mode == "tls" else None, family=2)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
