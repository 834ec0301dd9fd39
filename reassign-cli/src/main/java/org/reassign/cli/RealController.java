package org.reassign.cli;

import org.reassign.core.lead.Controller;
import org.reassign.simulation.scenario.RunSetup;

/** The controller, as a scenario plays it. */
record RealController(Controller controller) implements RunSetup.ControllerHandle {
    @Override
    public void start() {
        controller.start();
    }

    @Override
    public void kill() {
        controller.kill();
    }

    @Override
    public void close() {
        controller.close();
    }

    @Override
    public boolean leads() {
        return controller.leads();
    }

    @Override
    public boolean idle() {
        return controller.idle();
    }
}
