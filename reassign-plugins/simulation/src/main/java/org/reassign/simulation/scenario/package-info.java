/** Scenarios: clusters, requests and disturbances written down, and the runner that plays them in real or virtual time. */
package org.reassign.simulation.scenario;
