import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';

@Module({
  imports: [JwtModule.register({ secret: 'Marten-64-cobalt-Reed', signOptions: { expiresIn: '15m' } })], // ! high secret-in-source
})
export class AuthModule {}
