import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppointmentsModule } from './appointments/appointments.module';
import { StaffGuard } from './auth/staff.guard';
import { options } from './data-source';
import { PatientsModule } from './patients/patients.module';

@Module({
  imports: [
    TypeOrmModule.forRoot({ ...options, autoLoadEntities: true }),
    JwtModule.register({ global: true, publicKey: process.env.JWT_PUBLIC_KEY, verifyOptions: { algorithms: ['RS256'] } }),
    PatientsModule,
    AppointmentsModule,
  ],
  providers: [{ provide: APP_GUARD, useClass: StaffGuard }],
})
export class AppModule {}
