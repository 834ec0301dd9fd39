/**
 * The pending commands of each broker: {@link org.reassign.core.command.BrokerQueues} sends them, one request
 * outstanding per broker, and hands the answers on.
 */
package org.reassign.core.command;
