import { DataTypes, Sequelize } from 'sequelize';

const sequelize = new Sequelize(process.env.DATABASE_URL ?? '');
export const orders = sequelize.define('orders', { item: DataTypes.STRING });
