/**
 * What each broker is still to be told: {@link org.reassign.core.command.BrokerQueues} sends it, one request outstanding
 * per broker, and hands the answers on.
 */
package org.reassign.core.command;
