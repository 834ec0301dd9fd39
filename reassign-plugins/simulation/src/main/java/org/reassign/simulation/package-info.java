/** The real controller and the simulated brokers under virtual time, with crashes put in at chosen points. */
package org.reassign.simulation;
