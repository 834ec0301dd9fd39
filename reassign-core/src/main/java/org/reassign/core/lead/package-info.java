/**
 * The controller and its one thread. {@link org.reassign.core.lead.Controller} campaigns; while it leads, a term takes
 * turns: it reads what must be read, admits requests, decides, writes, and tells brokers. What follows from a fact is in
 * {@code Reactions}, how a turn goes in {@code Term.turn}.
 */
package org.reassign.core.lead;
