/**
 * Writes the decisions of a turn: {@link org.reassign.core.store.TurnPlan} encodes one turn's writes in their order,
 * {@link org.reassign.core.store.Store} sends them fenced by {@code /controller_epoch}, in one of three write modes,
 * below the size limit.
 */
package org.reassign.core.store;
