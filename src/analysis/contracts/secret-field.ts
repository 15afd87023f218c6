/** Nobody but who checks a password has a use for these. */
export const SECRET_FIELD =
  /^(?:(?:hashed|encrypted|crypted)[-_]?)?(?:password|passwd|passphrase)(?:[-_]?(?:hash|hashed|digest|salt))?$|^(?:totp|otp|mfa|two[-_]?factor|2fa)[-_]?(?:secret|seed|key)$|^(?:password|hash)[-_]?salt$/i;

/** The description says that the value itself is not sent. */
export const HIDDEN =
  /mask|omit|redact|hidden|never (?:returned|sent|included)|not (?:returned|sent|included)|write[- ]?only|only (?:set|sent|returned|present|shown) (?:when|once|on)|placeholder|\*{3}/i;
