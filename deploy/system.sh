#!/usr/bin/env bash
# The programs the tests need beside Python: LibreOffice (opens what we write), poppler (its pages as pictures)
# and Chromium; dovecot, an IMAP server. Installed where we may (root on Debian or Ubuntu); otherwise the missing ones are named.
set -eu
missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
need soffice libreoffice-writer-nogui
need soffice libreoffice-calc-nogui
need pdftoppm poppler-utils
need chromium chromium
[ -x /usr/sbin/dovecot ] && [ -x /usr/lib/dovecot/imap ] || missing+=(dovecot-imapd)
[ "$(fc-list 2>/dev/null | grep -c -i 'liberation serif\|times new roman')" != 0 ] || missing+=(fonts-liberation fontconfig)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing for the tests: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "The tests need these system packages; please install them: ${missing[*]}" >&2
  exit 1
fi
