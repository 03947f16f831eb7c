"""A mail server for the rig: keeps mails, rejects recipients called gone-…, and can be closed."""
import email
import email.policy
import socketserver
import threading


class Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 sink")
        recipients = []
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb in (b"EHLO", b"HELO"):
                self.say("250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8")
            elif verb == b"RCPT" and b"<gone-" in line:
                self.say("550 5.1.1 no such mailbox")
            elif verb == b"RCPT":
                recipients.append(line.partition(b"<")[2].partition(b">")[0].decode())
                self.say("250 2.1.5 fine")
            elif verb == b"DATA":
                self.say("354 go on")
                lines = []
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(part.removeprefix(b".") if part.startswith(b"..") else part)
                message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                self.server.mails.append((recipients, message))
                recipients = []
                self.say("250 2.0.0 kept")
            elif verb == b"QUIT":
                self.say("221 2.0.0 bye")
                return
            else:
                recipients = [] if verb in (b"RSET", b"MAIL") else recipients
                self.say("250 2.0.0 fine")


class Sink:
    def __init__(self, port):
        self.port = port
        self.mails = []
        self.server = None
        self.open()

    def open(self):
        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            mails = self.mails
            connections = []

            def get_request(self):
                connection, peer = super().get_request()
                self.connections.append(connection)
                return connection, peer

            def handle_error(self, request, client_address):
                pass  # a client, or we, hung up

        self.server = Server(("127.0.0.1", self.port), Session)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        """Refuses connections from now on, and drops those that are open."""
        self.server.shutdown()
        self.server.server_close()
        for connection in self.server.connections:
            try:
                connection.shutdown(2)
            except OSError:
                pass  # the client was quicker

    def text_to(self, address):
        """The text of the last mail to an address, or None."""
        for recipients, message in reversed(self.mails):
            if address in recipients:
                return message.get_body(("plain",)).get_content()
        return None
