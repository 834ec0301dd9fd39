/**
 * Runs drawn from a seed: which plugins, which cluster, what is asked and what goes wrong. The real controllers play them
 * under virtual time; the protocol's invariants are checked at every commit and every request to a broker; then all
 * heals, and everything must come to its end. A run is a pure function of its seed and the plugins to draw from.
 */
package org.reassign.simulation.faults;
