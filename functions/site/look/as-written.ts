/** An address as residents write it: `+447700900456` is 07700 900456. */
export const asWritten = (address: string) => address.replace(/^\+44(\d{4})(\d{6})$/, '0$1 $2');
