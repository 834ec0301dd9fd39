/**
 * Every request entry from first sight to last answer, pure: no clock, logger, thread, random or I/O. {@link
 * org.reassign.core.ledger.Ledger} knows the stage of each entry, which entries block others, and which must be settled
 * and answered; {@link org.reassign.core.ledger.Fold} decides which of the waiting entries is admitted (A1 to A4).
 */
package org.reassign.core.ledger;
