"""A mail server for the tests: STARTTLS, sign-in, and every letter as one JSON line on standard output."""

import json
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Letters:
    async def handle_DATA(self, server, session, envelope):
        letter = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "text": envelope.content.decode(),
            "tls": session.ssl is not None,
        }
        print(json.dumps(letter), flush=True)
        return "250 taken"


def sign_in(server, session, envelope, mechanism, data):
    right = data.login == b"haidang" and data.password == b"pass word"
    # Not handled: the library is to send the refusal.
    return AuthResult(success=right, handled=right)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[2], sys.argv[3])
controller = Controller(
    Letters(),
    hostname="127.0.0.1",
    port=int(sys.argv[1]),
    tls_context=context,
    require_starttls=True,
    authenticator=sign_in,
    auth_required=True,
)
controller.start()
print("ready", flush=True)
while True:
    time.sleep(60)
