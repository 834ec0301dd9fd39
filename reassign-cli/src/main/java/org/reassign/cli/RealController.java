package org.reassign.cli;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.simulation.scenario.RunSetup;

/** The controller, as a scenario plays it. */
record RealController(Controller controller, ControllerListener listener) implements RunSetup.ControllerHandle {
    private static final int HAND_BACK_SECONDS = 10;

    @Override
    public void start() {
        controller.start();
    }

    @Override
    public void kill() {
        controller.kill();
    }

    /** Waits until leadership is handed back, so that the next controller need not wait for the session to expire. */
    @Override
    public void close() {
        try {
            controller
                    .stop()
                    .toCompletableFuture()
                    .orTimeout(HAND_BACK_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            controller.kill();
            listener.warning("/controller could not be deleted at the end (" + e.getCause()
                    + "); another controller leads once the session has expired");
        }
    }

    /** One that awaits a cause takes a request as one that leads does, only later. */
    @Override
    public boolean leads() {
        return controller.leads() || controller.awaitsCause();
    }

    @Override
    public boolean idle() {
        return controller.idle();
    }
}
