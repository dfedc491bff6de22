/** Verbs in their base form that begin a clause of their own, besides those of the action classes. */
export const VERBS =
  'accept access activate add adjust advise alert allow analyse analyze announce answer append apply approve archive ' +
  'arrange ask assess assign attach attend authorize automate back begin block book borrow bring browse build buy ' +
  'calculate call cancel capture change charge check choose classify clean clear close collect combine comment compare ' +
  'compile complain complete compose compress compute configure confirm connect consult contact convert cook copy correct ' +
  'count create crop customize cut deactivate decide decrypt delete deliver deploy deposit describe design detect determine ' +
  'dial diagnose disable discard discover display divide donate download draft draw drive edit email enable encrypt end ' +
  'enhance enroll ensure enter erase estimate evaluate exchange execute expand explain explore export extract fetch file ' +
  'fill filter find fix flag follow format forward generate get give go group guide hire identify import improve ' +
  'include inform inquire insert install invest invite join keep label launch learn lease let list listen load locate lock ' +
  'log look lookup make manage map mark match measure merge message modify monitor move mute navigate notify obtain open ' +
  'operate optimize order organize paint park parse pause pay perform pick place plan play plot post predict prepare ' +
  'print process produce provide publish purchase push query rate read rebook receive recharge recognize recommend record ' +
  'recover reduce redeem refresh refund register reject reload remind remove rename render rent repair repeat replace reply ' +
  'report request reschedule reserve reset resize restart restore resume retrieve return review revise rewrite ring rotate ' +
  'run save say scan schedule search secure see select sell send separate set setup share shift ship shop show shut sign ' +
  'signup simplify simulate skip solve sort speak speed split stabilize start stitch stop store stream submit subscribe ' +
  'suggest sum summarise summarize switch sync synchronize tag take talk tally tell test text top trace track train ' +
  'transcribe transfer transform translate transmit trigger trim turn turnoff turnon tweet uninstall unlock unsubscribe update ' +
  'upgrade upload validate verify view visit visualize wait wake walk warn wash watch water withdraw write zoom ' +
  'condense segment paraphrase rephrase issue put leave shrink enlarge recite wire donate borrow settle figure handle host inspect mail manage mix obtain oversee pin preview quote reach recommend refill remit repost retry scrape scroll simulate snooze spin steer stitch strengthen swap tailor tidy top undo vacuum wipe spell proofread colorize apologize';
