"""The English words that tell an appointment's old time from the new one, and a wish from its reason."""

import re

from bot.answers.when.english_words import MONTHS, WEEKDAYS
from bot.answers.when.events import Telling
from bot.answers.when.moves import Signs
from bot.answers.when.page import any_of
from bot.answers.when.points import Gaps

CANT = (
    r"(?:can't|cannot|can not|won't be able to|couldn't|not able to|unable to)(?: (?:do|make|come"
    r"|manage|attend|be there|it|in))*"
)
# "I am booked for Friday" is an appointment, "I am booked Friday" is none.
AWAY = (
    r"(?:busy|away|unavailable|not free|not available|not around|out of town|abroad|travelling"
    r"|traveling|working|gone|(?<!i )(?<!we )(?<!she )(?<!he )(?<!they )booked(?! (?:in|for|on)))"
)
WONT = (
    r"(?:(?:is|are|was|isn't|aren't|'s)? ?(?:not )?(?:doesn't|don't|does not|do not|won't|will not|can't) "
    r"(?:work|suit|do|be)"
    r"|(?:is|are|'s|would be) (?:out|no good|bad|impossible|full|not (?:possible|good|ok|okay|great))"
    r"|(?:isn't|aren't) (?:good|possible|ok|great)|i'm (?:busy|away|working)|i (?:can't|have work|am busy)"
    r"|no good|excluded|excepted|no longer (?:works?|possible|suits?)|not possible|clash(?:es|ed)?|conflicts?"
    r"|(?:is |are |'s )no longer (?:possible|good))"
)
THING = (
    r"(?:appointment|appt|apt|apptmt|appoint|booking|reservation|session|massage|treatment|slot|spot|training"
    r"|visit|workout|exercise|anyone|one|meeting with you)s?"
)
_CHANGE = (
    r"chang(?:e|ed|ing)(?! (?:(?:my|your|her|his) mind|of (?:plan|heart|mind)))|chnage|chagne|chane|alter"
    r"|re-?sch?ed\w*|re-?shed\w*|re-?book\w*|re-?arrang\w*|postpon\w*|delay(?:ed)?|transfer\w*"
    r"|exchange(?! (?:student|program))|put off|defer"
)
_SHOVE = r"(?:move|shift|push|switch|swap)"
_SHOVED = r"(?:moved|shifted|pushed|switched|swapped|moving|shifting)"
_VERB = rf"(?:{_CHANGE}|{_SHOVE}|{_SHOVED}|bring|put(?:ting)?(?=[^?!]{{0,40}} (?:off|back|forward)\b))"
_DAYWORD = rf"(?:next|this|tomorrow|today|tonight|noon|quarter|{'|'.join((*WEEKDAYS, *MONTHS))})"
_OUR = r"(?:my|our|the|it|me|us|him|her|his|their|them|mine|this|that)"
_LEAD = r"(?: (?:on|at|the|for|in|a|around|about|say|sometime|any ?time|after|from|before|this|next|it|be))*"
_OF_IT = r"(?: (?:on|of|at|from|is|was|this|next|in|the|a|around|about|say|after|before|it|be))*"
_HERS = r"(?:hers|his|mine|ours|theirs|(?:my|our) \w+'s)"
_MAKE_MINE = rf"make (?:my|our|his|her) (?:\w+ )?(?:\d|{_DAYWORD}\b)"
_GO = r"(?:go|be|come|move|become)"
_MINE_GOES = (
    rf"(?:my|our|his|her) (?:(?:\w+ )?(?:{_DAYWORD}|\d+(?:[:.]\d\d)?(?: ?[ap]m| o'clock)?)(?: {THING})? {_GO}"
    rf"|(?:\w+ )?{THING} (?:go|move|come) (?:forward |back )?to)\b"
)
_UNTIL = rf"(?:{_VERB}|leave|wait|hold|keep)\b[^.?!;]{{0,60}} until"
""" "Put it off until Monday", but not "I am away until Monday"."""
_CAN_IT = r"(?:can|could|might|may) (?:it|that|this|we) (?:be|go|become)"
_TOO = r"(?:too|a bit|a little|rather|a touch|quite|very)"
_SAY = r"(?:say|write|put|book|type|enter|choose|pick|be)"
_WHICH = r"(?: (?:date|time|day|slot|one))?"
_WE = r"(?:i|we|i'd|he|she|they)"
_PLANNED = rf"{_WE} (?:was|were) (?:going|coming|due|meant|supposed|booked|down|seeing)"
_OTHERS = ("later", "earlier", "any", "another", "different", "new", "free", "first")
# "Any other session on Friday" is none that there is.
_THE_THING = "".join(rf"(?<!{word} )" for word in _OTHERS) + rf"(?<!to a )\b{THING}"
_BOOKED = (
    r"(?: which| that| is| was|'s| are| i have| i had| i've got| (?:i |we )?booked| set"
    r"| scheduled| with \w+)*"
)

UNASKED = any_of(
    r"\bno need (?:to|for)[^.?!,;]{0,60}",
    r"\bno (?:new|other|replacement) (?:date|day|time|slot)[^.?!,;]{0,40}",
    r"\b(?:don't|do not|won't) need (?:another|a new|a different|to (?:re\w+|move))[^.?!,;]{0,40}",
)
""" "No need to find another time" asks for none."""

ARROW = re.compile(
    rf"\b({_VERB}\b[^?!]{{0,100}}?) (?:to|until) (?=(?:(?:the|around|about|at|on|say) )*(?:\d|{_DAYWORD}\b))"
    rf"|\b({_MAKE_MINE}[^.?!]{{0,30}}?) (?:an?|at|into) (?=\d|{_DAYWORD}\b)"
)
""" "Move it from 3 to 5" is no range."""

SIGNS = Signs(
    moves=any_of(
        rf"\b(?:{_CHANGE})\b",
        rf"\b(?:{_SHOVE}|(?:shift|push|switch)ing|swapping) (?:{_OUR}|from|to|over|{THING}|{_DAYWORD}|\d+)\b"
        r"(?! (?:house|away|more))",
        rf"\bmoving (?!this|that){_OUR}\b",
        rf"\b(?:can|could|need to|have to|want to|like to|possible to) (?:(?:we|i|you|u|please) )*{_SHOVE}\b"
        r"(?! (?:more|or|around|about|well|freely|my (?:neck|arm|head|back|shoulder|leg|hip|body)))",
        rf"\b(?:be|been|get|needs?|it|anyone|appointment|session|massage) {_SHOVED}\b"
        r"(?! (?:to )?(?:house|away))",
        rf"\bbring forward\b|\bbring {_OUR}\b[^.?!]{{0,40}}\b(?:forward|earlier)\b",
        r"\b(?:can|could) (?:we|you|i) make it\b",
        r"\binstead\b|\brather than\b|\bin (?:its|their) place\b|->",
        r"\b(?:an?other|different|new) (?:day|date|time|slot)\b|\b(?:earlier|later) on (?:on )?\w+day\b",
        rf"\b(?:wanted|meant|supposed) to {_SAY}\b|\bi meant\b|\bshould (?:be|have been) (?:at )?\d",
        rf"(?:\bis|'s|\bwas)\b[^.?!]{{0,12}} {_TOO} (?:early|late)\b",
        rf"\b(?:can|could|may|might|should|would) (?:{_HERS} {_GO}|{_MINE_GOES})\b",
        rf"(?<!can't )(?<!cannot )(?<!to )(?<!i can )(?<!i'll )\b{_MAKE_MINE}[^.?!]{{0,30}}"
        rf" (?:an?|at|into|->) (?:\d|{_DAYWORD}\b)",
        rf"\b{_PLANNED}\b[^?!]{{0,60}}\b{_CAN_IT}\b",
        r"\b(?:put|puts|putting|push|pushing|set|bring)\b[^.?!]{1,40}\b(?:off|back|forward)"
        r" (?:from|to|until|by|->)",
        r"\b(?:put|putting|push|pushing|set) (?:back|forward)\b",
    ),
    cancels=any_of(
        r"\b(?:cance?ll?\w*|canel|cancle\w*|scrap|scratch|annul|undo|withdraw|release"
        rf"|(?:bow|bail|back|pull|drop|opt)(?:p?ing)? out of"
        r"|(?:drop|remove) (?:me|us|him|her|them) (?:from|off|for|on)"
        rf"|(?:give up|giving up|skip|forgo) (?:the|{_OUR}|\w+'s)"
        r"|(?:call|tak)(?:e|ing)?\b[^.?!]{1,30}\boff\b(?! (?:work|school|the (?:day|afternoon)))"
        r"|call(?:ing)? off"
        r"|(?:not|no longer) (?:coming|need\w*))\b",
    ),
    misses=any_of(
        r"\b(?:can't|cannot|won't|can not|couldn't|unable to|not able to)(?: be able to)?"
        r" (?:make it|come|be coming|be there|attend|make (?:my|his|her|our|their|the|\w+'s))\b",
    ),
    old_before=any_of(
        rf"\b(?:instead of|rather than|in place of|{CANT}){_LEAD} $",
        rf"\b{_PLANNED}\b[^.?!;,]{{0,20}} $",
        r"(?:(?<!on )(?<!in )(?<!during )(?<!for )\bmy|\b(?:our|his|her|their|current|existing|original|old))"
        r"(?: (?:old|current|existing|original|usual|booked))? (?:next |this |coming )?$",
        # "Make my appointment 5pm" says the new time.
        rf"^(?!.*(?<!can't )(?<!cannot )\bmake\b).*{_THE_THING}{_BOOKED}{_OF_IT} $",
        r"(?<!me )(?<!us )(?<!him )(?<!her )\b(?:booked|down|scheduled|signed up|reserved|pencilled)"
        r"(?: in)?(?: for| on| at| with \w+)+(?: the)? $",
        rf"(?<!can )(?<!could )(?<!may )\b{_WE} (?:have|had|has|got|booked|wrote|said|put|typed|chose|picked"
        r"|selected|entered|asked for|reserved|took)(?: got)?(?: it)?(?: (?:the|a|an|for|on|at))* $",
        r"\b(?:i've got|pressed|clicked|tapped)(?: (?:the|a|an|for|on|at))* $",
        rf"\b(?:old|current|original){_WHICH}(?: is| was)?: $|\b(?:me|it|us) from(?: the)? $",
        r"\b(?:came|come|comes|coming) up(?: \w+){0,3}(?: (?:on|at|for|this|next))+ $",
    ),
    old_after=any_of(
        # The marks are those of numbers and parts of the day: "Tuesday 3pm massage".
        rf" ?(?:'s )?(?:[\d\ue000-\ue002]+ ?\w* )?(?:\w+ )?{THING}\b(?! (?:is|be|are) (?:ok|free|possible))",
        r" ?->| (?:must|has to|have to|needs? to|should|can|could) be \w+(?:ed|d)\b",
        r",? ?needs? (?:moving|changing|shifting)",
        rf" (?:is|'s|was)(?: a bit| a little| way| much| far| just)? {_TOO} (?:early|late)\b",
        rf",? ?(?:can|could) (?:we|you|i) {_VERB}",
    ),
    new_before=any_of(
        rf"\b(?:{_HERS} {_GO}|{_MINE_GOES}){_LEAD} $|\b{_CAN_IT}{_LEAD} $",
        rf"(?:->|\b(?:to|into|onto|{_UNTIL}))(?: (?:the|sometime|any ?time|around|about|say|at|on|be|either"
        r"|after|before|from|next|this))* $",
        rf"\b(?:what about|how about|make (?:it|that|this)|instead,?(?! of)|(?<!not )(?:free|available|open"
        rf"|better)){_LEAD} $",
        r"\b(?:can|could|may|would|will|might|should|shall|possible to)\b(?:(?!n't)[^.?!;]){0,25}?"
        r"\b(?:do|have|come|came|get|take|book|attend|fit me in|manage|see you|work|say)"
        rf"{_LEAD}(?: (?:me|us|him|her))?{_LEAD} $",
        rf"\b(?:would|{_WE})(?: would)? (?:like|prefer|rather|want|wanted|love)(?: to)?"
        rf"(?: (?:come|have|do|be|book|go))?{_LEAD} $",
        rf"\b(?:new|correct|right){_WHICH}(?: is| would be)?[:,]?{_LEAD} $",
        rf"\b(?:meant|intended|(?:wanted|meant|intended|supposed) to {_SAY}){_LEAD} $",
        rf"\bshould (?:be|have been|say|read){_LEAD} $|(?:^|[.?!;,] )(?:is|are|would)(?: the)? $",
    ),
    new_after=any_of(
        r"(?:(?!\bnot\b|n't\b)[^.?!,;]){0,30}?\b(?:instead(?! of)|ok|okay|possible|free|available|open|better"
        r"|fine|good|works?|suits?|rather)\b",
    ),
    chosen_after=any_of(
        r",? (?:instead\b|rather than\b|not (?!(?:free|possible|good|ok|okay|available)\b))",
    ),
    either=any_of(r"\bfor(?: (?:the|an?|next|this))* $"),
    denied_after=any_of(rf"(?: {THING})? ?,? ?{WONT}\b"),
    other_day=any_of(r"\b(?:an?other|different|new) (?:day|date)\b|\blater date\b"),
    stays=any_of(
        r"\bsame (?:day|date|time)\b|\b(?:earlier|later|hours?|minutes?)\b(?! (?:date|day|week|point))",
        r"\b(?:therapist|female|male|woman|man|longer|shorter|extend)\b",
        r"\b(?:for|to) (?:an? |the )?(?:\w+ )?(?:session|massage|training|exercise|workout)\b",
    ),
    same_time=any_of(r"\bsame (?:time|hour|slot)\b"),
    long=any_of(r"\b(?:month|year)\b"),
    of_appointment=any_of(
        rf"\b(?:{THING}|cancel|everything|anything|all)(?: (?:in|for|at|the|of|this))* $",
    ),
    gaps=Gaps(
        beside=any_of(
            r"[ ,(@-]*(?:(?:on|at|the|around|about|in|for|between|from|after|before|by|say|maybe|of|a"
            r"|sometime|any ?time|this)\b[ ,(]*)*\)? ?",
        ),
        one_day=any_of(r"[ ,(/-]*(?:(?:on|the|of|in|this|at) )*\(?"),
        either=any_of(r" ?(?:or|and|/|&|,? or) ?(?:on |at |the )*"),
    ),
)

_OTHERS_DO = (
    r"the (?!\d)\w+ (?:is|are|has|comes?|goes|will|needs?|wants?)|the (?:kids|children|family|office|boss)"
)

TELLING = Telling(
    ends=any_of(
        r"[.!?;]+(?= |$)",
        r",(?= (?:can|could|would|may|what about|how about|is|please|i'd|any)\b)",
        r",? (?=(?:so|and|but) (?:i|i'd|i'll|can|could|would|we|may|please|is)\b)",
        rf",? (?=so (?:on |the |maybe |something |any ?thing |any ?time |after |from |around |at )*"
        rf"(?:\d|{_DAYWORD}\b))",
        r",? (?=so (?:any|earliest|the earliest|never|not|no|\w+ from|\w+ after)\b)",
        r",(?= (?:as|because|since)\b|(?: so)? (?:is there |any ?thing|any ?time|how about)"
        r"| (?:i|we)(?:'ve| have| am|'m)\b)",
        rf",(?= (?:on )?{_DAYWORD} (?:i|we|he|she|they|it|there|my|our|his|her|their)(?:'\w+)?\b)",
        r" (?=because (?:i|i'm|my|we|our|he|she|they)\b)",
    ),
    tells=any_of(
        r"\b(?:i|i'm|i've|i'll|we|we're|we've|we'll|he|she|they|my|our|his|her|their|there's|it's|that's"
        rf"|{_OTHERS_DO}"
        r"|flight|plane|train|race|marathon|wedding|exam|test|party|concert|match|game|funeral)\b",
    ),
    wishes=any_of(
        r"\?|^ ?so (?:on |the |\d|\w+day|tomorrow|some|any)",
        r"\b(?:can|could|may|would|want|wanna|i'd|we'd|like to|love|book|reserve|please|pls|plz|need(?! to)"
        r"|squeeze|fit me|come in|hoping|looking for|maybe|either|how about|what about)\b",
        r"\b(?:free|available|availability|works?(?! (?:until|till|late|on|from))|suits?|prefer\w*|best"
        r"|better|ideal|ok|okay|fine|perfect|great|possible|any ?time|anything|days? off|off"
        r"|also|too|as well|have (?:some )?time)\b",
        r"\b(?:slots?|appointment|booking|booked|reservation|session|cancel)\b",
    ),
    asks=any_of(
        r"\?",
        r"\b(?:can|could|may|would|want|wanna|i'd|we'd|like to|book|reserve|please|pls|plz)\b",
        r"\b(?:anything|any ?time|hoping|looking for|how about|what about|cancel|make it|prefer)\b",
    ),
    reasons=any_of(
        r"\b(?:i|i'm|i've|i'll|we|we're|we've|we'll|he|she|they|my|our|his|her|their|there's|it's|that's"
        rf"|{_OTHERS_DO})\b",
    ),
    happens=any_of(
        r"\b(?:trains?|flight|plane|bus|ferry|taxi|airport|station|concert|movie|film|show|game|match|party"
        r"|wedding|funeral|ceremony|dinner|meeting|conference|call|lecture|lesson|exam|interview|school|uni"
        r"|university|class|practice|rehearsal|shift|check(?:ing)? out|check-?out|kids? up)\b",
        r"\b(?:doctor|dentist|gp|vet|hairdresser|physio|hospital|eye|optician"
        r"|(?:her|my|his) hair)(?:'s)?\b",
        r"\b(?:finish(?:es)?|ends?|starts?|leaves|departs?|arrives?|lands?|gets? (?:in|out|off|home|back)"
        r"|(?:be|am|is|are|get) (?:home|back) (?:by|at))\b",
    ),
    thereafter=any_of(
        r"\bafter (?:that|then|this)\b(?! (?:treatment|session|massage))",
        r"\b(?:afterwards?|from then|then i'm free)\b",
    ),
    needs_wish=True,
    counted_from=any_of(
        r" (?:my |our |the )?(?:(?:wedding|birthday|race|marathon|party|trip),? )?(?:on )?(?:the )?",
    ),
    gaps=SIGNS.gaps,
)
