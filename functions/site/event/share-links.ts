/** Ways to tell somebody of an event, which need no script and nobody's button from elsewhere. */
export function shareLinks(what: string, url: string) {
  const [text, subject, link] = [`${what}\n${url}`, what, url].map(encodeURIComponent);
  return {
    url,
    text: what,
    email: `mailto:?subject=${subject}&body=${text}`,
    // `?&` is what both kinds of phone understand.
    sms: `sms:?&body=${text}`,
    whatsApp: `https://wa.me/?text=${text}`,
    facebook: `https://www.facebook.com/sharer/sharer.php?u=${link}`,
  };
}
