import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { UpdateContactDto } from '../src/patients/dto/update-contact.dto';

const check = async (body: object) => {
  const dto = plainToInstance(UpdateContactDto, body);
  return { dto, errors: (await validate(dto)).map((error) => error.property) };
};

describe('UpdateContactDto', () => {
  it('takes a part', async () => {
    expect((await check({ city: 'Bremen' })).errors).toEqual([]);
  });

  it('turns an empty text into null', async () => {
    const { dto, errors } = await check({ phone: ' ', email: '' });
    expect(errors).toEqual([]);
    expect(dto).toEqual({ phone: null, email: null });
  });

  it('refuses a language that we do not write in', async () => {
    expect((await check({ language: 'la' })).errors).toEqual(['language']);
  });
});
