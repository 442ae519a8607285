import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';
import * as z from 'zod';
import type { Channel } from './subscription.ts';

/**
 * Lower-cased whole. RFC 5321 §2.4 lets a host tell `Ann@` from `ann@`; no provider does, and one form means that
 * one person has one subscription.
 */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('must be an e-mail address, such as name@example.com'))
  .refine(
    (address) => address.length <= 254 && address.indexOf('@') <= 64,
    'is too long for an e-mail address',
  );

/** National or international form; E.164 afterwards. */
export const mobileNumber = z.string().transform((written, context) => {
  const number = parsePhoneNumberFromString(written, { defaultCountry: 'GB', extract: false });
  if (number && !number.ext && number.countryCallingCode === '44' && isMobile(number))
    return number.number as string;
  context.addIssue({ code: 'custom', message: 'must be a UK mobile number, such as 07700 900123' });
  return z.NEVER;
});

/** An address of either channel, told apart by its form. */
export const contactAddress = z
  .string()
  .transform((written, context): { channel: Channel; address: string } => {
    const channel = written.includes('@') ? 'email' : 'sms';
    const parsed = (channel === 'email' ? emailAddress : mobileNumber).safeParse(written);
    if (parsed.success) return { channel, address: parsed.data };
    for (const { message } of parsed.error.issues) context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** Ofcom keeps these for drama: no library calls them valid, and nobody is disturbed by a test that uses them. */
const isForDrama = (number: string) => /^\+447700900\d{3}$/.test(number);

// The metadata has mobile numbers only, so that a landline is not valid.
const isMobile = (number: { number: string; isValid(): boolean }) =>
  isForDrama(number.number) || number.isValid();
