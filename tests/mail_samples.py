"""Mails as servers and people send them back, in the form each of them really gives them; addresses are invented."""

OURS = "<0123456789abcdef0123456789abcdef01234567@so.example>"
TO = "xa-hai@mau.example"
SENDER = "nhac@so.example"

_TEMPLATES = {
    "postfix": """\
Return-Path: <>
Date: Wed, 20 Nov 2019 08:01:12 +0700 (+07)
From: MAILER-DAEMON@mail.so.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {sender}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9A2B71C05F.1574211672/mail.so.example"
Content-Transfer-Encoding: 8bit
Message-Id: <20191120010112.B3F2C1C0{n}@mail.so.example>

This is a MIME-encapsulated message.

--9A2B71C05F.1574211672/mail.so.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mail.so.example.

<{to}>: host mx.mau.example[192.0.2.7] said: 550 {status} <{to}>:
    Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command)

--9A2B71C05F.1574211672/mail.so.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.so.example
X-Postfix-Queue-ID: 9A2B71C05F
X-Postfix-Sender: rfc822; {sender}
Arrival-Date: Wed, 20 Nov 2019 08:00:11 +0700 (+07)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.mau.example
Diagnostic-Code: smtp; 550 {status} <{to}>: Recipient address rejected: User unknown

--9A2B71C05F.1574211672/mail.so.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers
Content-Transfer-Encoding: 8bit

Return-Path: <{sender}>
From: {sender}
To: {to}
Subject: =?utf-8?b?Tmjhuq9j?=
Message-ID: {ours}
Auto-Submitted: auto-generated

--9A2B71C05F.1574211672/mail.so.example--
""",
    "gmail": """\
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
To: {sender}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {ours}
In-Reply-To: {ours}
X-Failed-Recipients: {to}
Message-ID: <5dd49{n}.1c69fb81.1b2c3.4d5e.GMR@mx.googlemail.example>
Date: Tue, 19 Nov 2019 17:01:20 -0800 (PST)
MIME-Version: 1.0
Content-Type: multipart/report; boundary="0000000000005b1c2e0597bd5c6a"; report-type=delivery-status

--0000000000005b1c2e0597bd5c6a
Content-Type: text/plain; charset="UTF-8"

** Address not found **

--0000000000005b1c2e0597bd5c6a
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.example
Received-From-MTA: dns; {sender}
Arrival-Date: Tue, 19 Nov 2019 17:01:19 -0800 (PST)
X-Original-Message-ID: {ours}

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.example. (192.0.2.27, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
Last-Attempt-Date: Tue, 19 Nov 2019 17:01:20 -0800 (PST)

--0000000000005b1c2e0597bd5c6a
Content-Type: message/rfc822

From: {sender}
To: {to}
Message-ID: {ours}
Subject: Nhac gui bao cao
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Noi dung thu.

--0000000000005b1c2e0597bd5c6a--
""",
    "exchange": """\
Return-Path: <>
From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@mau.example>
To: {sender}
Date: Wed, 20 Nov 2019 01:01:30 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="d4bc14b3-8c7f-4a7d-9a4e-1c2b3d4e5f60"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: vi-VN
Message-ID: <c4a1f3b2-{n}@mau.example>
In-Reply-To: {ours}
References: {ours}
Subject: Undeliverable: Nhac gui bao cao
Auto-Submitted: auto-replied
X-MS-Exchange-Transport-CrossTenantHeadersStamped: SG2PR01MB1234
MIME-Version: 1.0

--d4bc14b3-8c7f-4a7d-9a4e-1c2b3d4e5f60
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="f8a6d1e2-1111-4b4b-8c8c-9d9d9d9d9d9d"

--f8a6d1e2-1111-4b4b-8c8c-9d9d9d9d9d9d
Content-Type: text/plain; charset="us-ascii"

Delivery has failed to these recipients or groups: {to}

--f8a6d1e2-1111-4b4b-8c8c-9d9d9d9d9d9d--

--d4bc14b3-8c7f-4a7d-9a4e-1c2b3d4e5f60
Content-Type: message/delivery-status

Reporting-MTA: dns;SG2PR01MB1234.apcprd01.prod.exchangelabs.example
Received-From-MTA: dns;mail.so.example
Arrival-Date: Wed, 20 Nov 2019 01:01:28 +0000

Original-Recipient: rfc822;{to}
Final-Recipient: rfc822;{to}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--d4bc14b3-8c7f-4a7d-9a4e-1c2b3d4e5f60
Content-Type: message/rfc822

From: {sender}
To: {to}
Subject: Nhac gui bao cao
Message-ID: {ours}
Auto-Submitted: auto-generated

--d4bc14b3-8c7f-4a7d-9a4e-1c2b3d4e5f60--
""",
    "exim": """\
Return-path: <>
X-Failed-Recipients: {to}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@host.so.example>
To: {sender}
References: {ours}
Content-Type: text/plain; charset=us-ascii
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1iXEaB-000{n}-7t@host.so.example>
Date: Wed, 20 Nov 2019 08:01:11 +0700

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {to}
    host mx.mau.example [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<{to}>:
    550 5.1.1 <{to}>: No such user
""",
    "qmail": """\
Return-Path: <>
Date: 20 Nov 2019 01:01:11 -0000
From: MAILER-DAEMON@cu.mau.example
To: {sender}
Subject: failure notice
Message-Id: <20191120010111.{n}.qmail@cu.mau.example>

Hi. This is the qmail-send program at cu.mau.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{to}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Message-ID: {ours}
""",
    "outlook_away": """\
Return-Path: <>
From: =?utf-8?B?WMOjIEhhaQ==?= <{to}>
To: {sender}
Subject: Automatic reply: Nhac gui bao cao
Date: Wed, 20 Nov 2019 01:02:00 +0000
Message-ID: <SG2PR01MB1234{n}@SG2PR01MB1234.apcprd01.prod.exchangelabs.example>
In-Reply-To: {ours}
References: {ours}
X-MS-Has-Attach:
X-Auto-Response-Suppress: All
X-MS-Exchange-Inbox-Rules-Loop: {to}
auto-submitted: auto-generated
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

Toi di cong tac den het ngay 25/11.
""",
    "gmail_away": """\
Return-Path: <{to}>
From: {to}
To: {sender}
Date: Wed, 20 Nov 2019 08:02:00 +0700
Message-ID: <CAKx{n}@mail.gmail.example>
In-Reply-To: {ours}
References: {ours}
Auto-Submitted: auto-replied
Precedence: bulk
X-Autoreply: yes
Subject: Nghi phep Re: Nhac gui bao cao
MIME-Version: 1.0
Content-Type: text/plain; charset="UTF-8"

Toi nghi phep.
""",
    "vacation": """\
Return-Path: <{to}>
From: {to}
To: {sender}
Date: Wed, 20 Nov 2019 08:02:00 +0700
Message-ID: <vacation.{n}@mau.example>
In-Reply-To: {ours}
Precedence: junk
Subject: Auto: Nhac gui bao cao
Content-Type: text/plain

Nghi.
""",
    "list_echo": """\
Return-Path: <chung-bounces@nhom.example>
From: "Nhac viec via Chung" <chung@nhom.example>
To: chung@nhom.example
Date: Wed, 20 Nov 2019 08:02:00 +0700
Message-ID: {ours}
Precedence: list
List-Id: <chung.nhom.example>
List-Post: <mailto:chung@nhom.example>
Auto-Submitted: auto-generated
Subject: [Chung] Nhac gui bao cao
Content-Type: text/plain; charset=utf-8

Nhac.
""",
    "reply": """\
Return-Path: <{to}>
From: =?utf-8?B?WMOjIEhhaQ==?= <{to}>
To: {sender}
Date: Wed, 20 Nov 2019 09:15:00 +0700
Message-ID: <SG2PR01MB99{n}@SG2PR01MB1234.apcprd01.prod.exchangelabs.example>
In-Reply-To: {ours}
References: {ours}
X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply
Thread-Topic: Nhac gui bao cao
Subject: RE: Nhac gui bao cao
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

Xa se gui truoc ngay 25/11.
""",
    "receipt": """\
Return-Path: <{to}>
From: {to}
To: {sender}
Date: Wed, 20 Nov 2019 09:00:00 +0700
Message-ID: <mdn.{n}@mau.example>
Auto-Submitted: auto-replied
Subject: Read: Nhac gui bao cao
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="mdn"

--mdn
Content-Type: text/plain

Da doc.

--mdn
Content-Type: message/disposition-notification

Reporting-UA: mau.example; Thu
Final-Recipient: rfc822;{to}
Original-Message-ID: {ours}
Disposition: manual-action/MDN-sent-automatically; displayed

--mdn--
""",
    "stranger": """\
Return-Path: <ai-do@noi-khac.example>
From: ai-do@noi-khac.example
To: {sender}
Date: Wed, 20 Nov 2019 09:15:00 +0700
Message-ID: <hoi.{n}@noi-khac.example>
Subject: Hoi ve bieu mau
Content-Type: text/plain

Cho toi hoi.
""",
}
NAMES = tuple(_TEMPLATES)


def sample(
    name: str, *, ours: str = OURS, to: str = TO, n: int = 100, status: str = "5.1.1", action: str = "failed"
) -> bytes:
    """The bytes of one mail: about our mail `ours`, which went to `to`. Another `n` is another mail."""
    text = _TEMPLATES[name].format(ours=ours, to=to, sender=SENDER, n=n, status=status, action=action)
    return text.encode().replace(b"\n", b"\r\n")


def without(data: bytes, *headers: str) -> bytes:
    """The same mail without some of its headers."""
    head, _, body = data.partition(b"\r\n\r\n")
    names = tuple(f"{header.lower()}:".encode() for header in headers)
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(names)]
    return b"\r\n".join(kept) + b"\r\n\r\n" + body
