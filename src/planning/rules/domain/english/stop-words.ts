/** Words that say nothing about which task type is meant. */
export const STOP_WORDS =
  'a an the this that these those my your our their his her its i you we they he she it me us them of in on at to for from ' +
  'by with as into about over is are was were be been being am do does did have has had having can could will would should ' +
  'may might must shall want wants need needs like please also some any each there here what which who whom whose how when ' +
  'where why and or but if so not no just very really now up out more most much many got let lets ll ve re don doesn didn ' +
  'after before then next finally first once while during afterwards meanwhile well too than such own same other another ' +
  'given specific certain particular using based use used via both because since until through within without help try ' +
  'able sure make sure going go gonna hello hi hey thanks thank kindly wish hope wonder wondering t s d m im id hows whats new ' +
  'monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october ' +
  'november december today tomorrow tonight yesterday pm mr mrs dr';
