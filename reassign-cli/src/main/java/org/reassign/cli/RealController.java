package org.reassign.cli;

import org.reassign.core.run.Controller;
import org.reassign.core.scenario.Stage.PlayedController;

/** The controller, as a scenario plays it. */
record RealController(Controller controller) implements PlayedController {
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
