/**
 * Every request entry from first sight to last answer, pure: no clock, logger, thread, random or I/O. {@link
 * org.reassign.core.ledger.Ledger} knows how far each entry has come, what blocks what, and what is to be settled and
 * answered; {@link org.reassign.core.ledger.Fold} decides which of the waiting entries is admitted (A1 to A4).
 */
package org.reassign.core.ledger;
