/**
 * The protocol's decisions, pure: no clock, logger, thread, random or I/O. {@link
 * org.reassign.core.decide.RecordUpdate} turns an admitted request into a record (G1, D2), {@link
 * org.reassign.core.decide.StateDecision} says what the {@code state} znode must become (G2, D3, S1, recovery, broker
 * deaths), {@link org.reassign.core.decide.Completion} ends it (S4), and {@link org.reassign.core.decide.DueCommands}
 * gives the commands that are due. The step follows from record, AR and {@code state}; there is no step marker.
 */
package org.reassign.core.decide;
