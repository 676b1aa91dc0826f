package felix.dataplane.rules;

import java.util.ArrayList;
import java.util.List;

/** The raw table: sources that are not where they claim to be, and untracked policy. */
record RawRules(RuleSettings settings, EncapsulationRules encapsulation) {
  List<Rule> prerouting() {
    var marks = settings.marks();
    int fromWorkload = marks.scratch0();
    var rules = new ArrayList<Rule>();
    // In append mode another program's rules may have left bits set.
    rules.add(Rule.of(new Action.ClearMark(marks.all())));
    rules.addAll(encapsulation.untracked());
    for (var pattern : settings.interfacePatterns()) {
      rules.add(Rule.of(new Action.SetMark(fromWorkload), new Match.InInterface(pattern)));
    }
    if (settings.extras().sourceSpoofing()) {
      rules.add(Rule.of(new Action.Jump(ChainNames.RPF_SKIP), new Match.MarkSet(fromWorkload)));
    }
    rules.add(
        Rule.of(new Action.Drop(), new Match.MarkSet(fromWorkload), new Match.ReversePathFails()));
    rules.add(
        Rule.of(new Action.Jump(ChainNames.FROM_HOST_ENDPOINT), new Match.MarkClear(fromWorkload)));
    rules.add(acceptIfAccepted());
    return rules;
  }

  List<Rule> output() {
    var rules = new ArrayList<Rule>();
    rules.add(Rule.of(new Action.ClearMark(settings.marks().all())));
    rules.add(Rule.of(new Action.Jump(ChainNames.TO_HOST_ENDPOINT)));
    rules.addAll(encapsulation.untracked());
    rules.add(acceptIfAccepted());
    return rules;
  }

  private Rule acceptIfAccepted() {
    return Rule.of(new Action.Accept(), new Match.MarkSet(settings.marks().accept()));
  }
}
