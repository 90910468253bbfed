#!/bin/sh
# Debian packages that more tests and OCR can use. Siaga itself needs none of them. Run as root: make system-deps
set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends \
  dovecot-imapd dovecot-lmtpd dovecot-sieve postfix \
  postgresql \
  tesseract-ocr tesseract-ocr-ind catdoc \
  poppler-utils chromium chromium-driver >/dev/null
echo "system-deps: installed"
