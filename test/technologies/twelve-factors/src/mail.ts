import nodemailer from 'nodemailer';

export const transport = nodemailer.createTransport({ // ! medium hard-coded-password
  host: 'smtp.example.org',
  auth: { user: 'orders', pass: 'Ts7-qLm2-x9Vd' },
});

export async function fetchRates(): Promise<unknown> {
  const answer = await fetch('https://rates.example.org/today'); // ! medium missing-request-timeout
  return await answer.json();
}
