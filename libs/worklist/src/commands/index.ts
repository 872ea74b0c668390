export { ActOnClaim, ActOnClaimHandler } from './act-on-claim.js';
export { ActOnInquiry, ActOnInquiryHandler } from './act-on-inquiry.js';
