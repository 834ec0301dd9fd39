package org.reassign.simulation.faults;

import org.reassign.api.model.Answer;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.lead.ControllerListener;

/** Hears what one controller says that it does. What one says who was deposed binds nobody. */
record CheckingListener(ControllerProcess process, SimulatedWorld world) implements ControllerListener {
    @Override
    public void leads(int controllerEpoch) {
        world.says("controller " + process.number() + " leads at epoch " + controllerEpoch);
    }

    @Override
    public void interrupted(String why) {
        world.says("controller " + process.number() + " has lost the connection: " + why);
    }

    @Override
    public void stopped(String why) {
        world.says("controller " + process.number() + " stops leading: " + why);
    }

    @Override
    public void step(TopicPartition partition, String label, String text) {
        world.step();
        if (world.listens()) {
            world.says("controller " + process.number() + ": " + partition + " " + label + " " + text);
        }
    }

    @Override
    public void recorded(String request, TopicPartition partition) {
        if (world.isLeader(process)) {
            world.expected().taken(request, partition);
        }
    }

    @Override
    public void answered(Answer answer) {
        if (world.listens()) {
            world.says("controller " + process.number() + " answers " + answer.request() + " for " + answer.partition()
                    + ": " + answer.outcome()
                    + answer.refusal().map(refusal -> ", " + refusal.sentence()).orElse(""));
        }
        if (world.isLeader(process)) {
            world.expected().answered(answer);
        }
    }

    @Override
    public void warning(String sentence) {
        world.says("controller " + process.number() + " warns: " + sentence);
    }
}
