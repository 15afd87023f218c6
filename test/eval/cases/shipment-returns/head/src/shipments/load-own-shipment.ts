import type { RequestParamHandler } from 'express';
import { notFound } from '../errors.js';
import { findShipment, type Shipment } from './repository.js';

declare global {
  namespace Express {
    interface Request {
      shipment: Shipment;
    }
  }
}

/** Resolves `:shipmentId` to a shipment of the caller's account, or answers 404. */
export const loadOwnShipment: RequestParamHandler = async (req, _res, next, id: string) => {
  const shipment = await findShipment(req.caller.accountId, id);
  if (!shipment) return next(notFound('Shipment'));
  req.shipment = shipment;
  next();
};
