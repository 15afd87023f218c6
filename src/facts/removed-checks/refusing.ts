/** A call that is made only because it can refuse. */
export const REFUSING =
  /^(?:[cC]heck|[vV]erify|[vV]alidate|[aA]ssert|[eE]nsure|[rR]equire|[eE]nforce|[aA]uthori[sz]e|[mM]ust|[gG]uard|[dD]eny|[fF]orbid|only_for|has_permission|[hH]asPermission)(?=$|[_A-Z])|_or_40[134]$|_or_abort$/;
