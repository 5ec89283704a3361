# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How other characters name what the ARKit shapes do. Names are written folded (see matching.fold): lower case, no
separators, the side last as "left" or "right".

Every table is `folded name -> shapes`; a text of shapes reads "mouthPucker" or "jawOpen .9, mouthFunnel -.5". In the
sided tables "@" stands for the side of both the name and the shape.
"""

from __future__ import annotations

# Character Creator 4 and iClone, Extended and Standard (sided names end with the side).
CHARACTER_CREATOR = {
    "browdrop@": "browDown@", "browraiseinner@": "browInnerUp", "browraiseouter@": "browOuterUp@",
    "eyelookleftleft": "eyeLookOutLeft", "eyelookrightleft": "eyeLookInLeft", "eyelookleftright": "eyeLookInRight",
    "eyelookrightright": "eyeLookOutRight", "cheekraise@": "cheekSquint@", "mouthupupper@": "mouthUpperUp@",
    "mouthdownlower@": "mouthLowerDown@", "mouthrollinupper": "mouthRollUpper",
    "mouthrollinupper@": "mouthRollUpper", "mouthrollinlower": "mouthRollLower",
    "mouthrollinlower@": "mouthRollLower", "mouthpuckerup@": "mouthPucker", "mouthpuckerdown@": "mouthPucker",
    "mouthfunnelup@": "mouthFunnel", "mouthfunneldown@": "mouthFunnel", "cheekblow@": "cheekPuff",
    "eyesblink": "eyeBlinkLeft .5, eyeBlinkRight .5",
    # CC3 Standard
    "mouthlipsopen": "mouthLowerDownLeft .25, mouthLowerDownRight .25, mouthUpperUpLeft .25, mouthUpperUpRight .25",
    "mouthlipsjawadjust": "mouthClose", "mouthwiden": "mouthStretchLeft .5, mouthStretchRight .5",
    "browraise@": "browOuterUp@ .6, browInnerUp .4", "nosescrunch": "noseSneerLeft .5, noseSneerRight .5",
    "nosewrinkle": "noseSneerLeft .5, noseSneerRight .5",
    "mouthbottomlipdown": "mouthLowerDownLeft .5, mouthLowerDownRight .5",
    "mouthtoplipup": "mouthUpperUpLeft .5, mouthUpperUpRight .5", "mouthbottomliprollin": "mouthRollLower",
}

# MetaHuman-like: the curves of its rig, many to one and one to many (prefixes are dropped before).
METAHUMAN = {
    "browraisein@": "browInnerUp", "browraiseouter@": "browOuterUp@", "browlateral@": "browDown@ .7",
    "eyewiden@": "eyeWide@", "eyesquintinner@": "eyeSquint@", "eyecheekraise@": "cheekSquint@",
    "eyelookleftleft": "eyeLookOutLeft", "eyelookrightleft": "eyeLookInLeft", "eyelookleftright": "eyeLookInRight",
    "eyelookrightright": "eyeLookOutRight", "jawfwd": "jawForward", "mouthcornerpull@": "mouthSmile@",
    "mouthsharpcornerpull@": "mouthSmile@ .3", "mouthcornerdepress@": "mouthFrown@",
    "mouthupperlipraise@": "mouthUpperUp@", "mouthlowerlipdepress@": "mouthLowerDown@",
    "mouthfunnelu@": "mouthFunnel", "mouthfunneld@": "mouthFunnel", "mouthlipspurseu@": "mouthPucker",
    "mouthlipspursed@": "mouthPucker", "mouthlipspress@": "mouthPress@", "mouthpressu@": "mouthPress@",
    "mouthpressd@": "mouthPress@", "mouthlipstogetheru@": "mouthClose", "mouthlipstogetherd@": "mouthClose",
    "mouthupperliprollin@": "mouthRollUpper", "mouthlowerliprollin@": "mouthRollLower",
    "mouthcheekblow@": "cheekPuff", "nosewrinkle@": "noseSneer@", "jawchinraise": "mouthShrugLower",
    "jawchinraised@": "mouthShrugLower", "jawchinraiseu@": "mouthShrugUpper", "tongueout": "tongueOut",
}

# Daz Genesis 8 controls ("eCTRL", "PHM" are dropped); Genesis 8.1 and 9 FACS names fold to ARKit's by themselves.
DAZ = {
    "eyesclosed@": "eyeBlink@", "eyesclosed": "eyeBlinkLeft .5, eyeBlinkRight .5", "browinnerup@": "browInnerUp",
    "mouthsmilesimple@": "mouthSmile@", "browup@": "browOuterUp@ .6, browInnerUp .4",
    "browinnerupdown@": "browInnerUp", "browouterupdown@": "browOuterUp@", "cheekflex@": "cheekSquint@",
    "nosewrinkle": "noseSneerLeft .5, noseSneerRight .5", "lipspucker": "mouthPucker",
    "lipspuckerwide": "mouthFunnel", "mouthsidetoside": "mouthLeft, mouthRight -1", "lipbottomin": "mouthRollLower",
    "liptopin": "mouthRollUpper", "lipbottomdown@": "mouthLowerDown@", "liptopup@": "mouthUpperUp@",
    "cheeksballoonpucker": "cheekPuff", "jawinout": "jawForward", "jawsidetoside": "jawLeft, jawRight -1",
    "mouthcornerupdown@": "mouthSmile@, mouthFrown@ -1",
}

# Unified Expressions (VRCFaceTracking) and the FACS names of Meta's headsets.
UNIFIED = {
    "eyeclosed@": "eyeBlink@", "browlowerer@": "browDown@", "mouthcornerpull@": "mouthSmile@",
    "mouthcornerslant@": "mouthSmile@ .3", "mouthtightener@": "mouthPress@ .6",
    "mouthraiserlower": "mouthShrugLower", "mouthraiserupper": "mouthShrugUpper", "lipsuckupper@": "mouthRollUpper",
    "lipsucklower@": "mouthRollLower", "lipfunnelupper@": "mouthFunnel", "lipfunnellower@": "mouthFunnel",
    "lippuckerupper@": "mouthPucker", "lippuckerlower@": "mouthPucker", "lipfunnel": "mouthFunnel",
    "lippucker": "mouthPucker", "lipsuckupper": "mouthRollUpper", "lipsucklower": "mouthRollLower",
    "lipfunneler@": "mouthFunnel", "cheekpuffsuck@": "cheekPuff", "mouthclosed": "mouthClose",
    "mouthupper@": "mouth@", "mouthlower@": "mouth@", "eyesclosed@": "eyeBlink@", "lipcornerpuller@": "mouthSmile@",
    "lipcornerdepressor@": "mouthFrown@", "lipstretcher@": "mouthStretch@", "jawdrop": "jawOpen",
    "jawthrust": "jawForward", "innerbrowraiser@": "browInnerUp", "outerbrowraiser@": "browOuterUp@",
    "cheekraiser@": "cheekSquint@", "dimpler@": "mouthDimple@", "lidtightener@": "eyeSquint@",
    "upperlidraiser@": "eyeWide@", "nosewrinkler@": "noseSneer@", "upperlipraiser@": "mouthUpperUp@",
    "lowerlipdepressor@": "mouthLowerDown@", "lippressor@": "mouthPress@", "chinraiserb": "mouthShrugLower",
    "chinraisert": "mouthShrugUpper", "lipstoward": "mouthClose", "jawsideways@": "jaw@", "mouth@": "mouth@",
}

DIALECTS: dict[str, dict[str, str]] = {
    "Character Creator": CHARACTER_CREATOR, "MetaHuman": METAHUMAN, "Daz": DAZ, "Unified": UNIFIED,
}

# Loose names of hand-made heads: used only for shapes that nothing above has matched.
LOOSE = {
    "mouthopen": "jawOpen", "openmouth": "jawOpen", "jaw": "jawOpen", "open": "jawOpen", "blink@": "eyeBlink@",
    "wink@": "eyeBlink@", "eyeclose@": "eyeBlink@", "closeeye@": "eyeBlink@", "eyelidclose@": "eyeBlink@",
    "lid@": "eyeBlink@", "smile@": "mouthSmile@", "frown@": "mouthFrown@", "sneer@": "noseSneer@",
    "squint@": "eyeSquint@", "pucker": "mouthPucker", "kiss": "mouthPucker", "funnel": "mouthFunnel",
    "puff": "cheekPuff", "puffcheeks": "cheekPuff", "tongue": "tongueOut", "browup@": "browOuterUp@",
    "raisebrow@": "browOuterUp@", "eyebrowup@": "browOuterUp@", "eyebrowdown@": "browDown@",
    "eyeslookup": "eyeLookUpLeft .5, eyeLookUpRight .5", "eyeslookdown": "eyeLookDownLeft .5, eyeLookDownRight .5",
    "lookup": "eyeLookUpLeft .5, eyeLookUpRight .5", "lookdown": "eyeLookDownLeft .5, eyeLookDownRight .5",
    "lookleft": "eyeLookOutLeft .5, eyeLookInRight .5", "lookright": "eyeLookInLeft .5, eyeLookOutRight .5",
    "eyeslookleft": "eyeLookOutLeft .5, eyeLookInRight .5", "eyeslookright": "eyeLookInLeft .5, eyeLookOutRight .5",
}

# Brows, lids and mouths of VRoid and MMD heads.
LOOSE |= {
    "fcleyeclose@": "eyeBlink@", "fclbrwangry": "browDownLeft .5, browDownRight .5", "fclbrwsorrow": "browInnerUp",
    "fclbrwsurprised": "browOuterUpLeft .5, browOuterUpRight .5", "fclmthdown": "mouthFrownLeft .5, mouthFrownRight .5",
    "fcleyesurprised": "eyeWideLeft .5, eyeWideRight .5", "fclmthsmall": "mouthPucker .5",
    "fclmthup": "mouthShrugLower",
    "まばたき": "eyeBlinkLeft .5, eyeBlinkRight .5", "ウィンク": "eyeBlinkLeft", "ウィンク右": "eyeBlinkRight",
    "怒り": "browDownLeft .5, browDownRight .5", "困る": "browInnerUp", "びっくり": "eyeWideLeft .5, eyeWideRight .5",
    "上": "browOuterUpLeft .5, browOuterUpRight .5", "下": "browDownLeft .5, browDownRight .5", "ぷく": "cheekPuff",
}

# For heads with only vowels and moods: (names, best first; the mix; what it stands in for). A recipe is used only while
# nothing else moves what it stands in for, and only its first name is used.
RECIPES: tuple[tuple[str, str, str], ...] = (
    ("a aa ah visemeaa vaa fclmtha mtha moutha あ", "jawOpen, mouthFunnel -.6, mouthPucker -.5", "jawOpen"),
    ("u ou oo uw visemeu vou vu fclmthu mthu mouthu う", "mouthPucker", "mouthPucker"),
    ("o oh ow visemeo voh vo fclmtho mtho moutho お", "mouthFunnel", "mouthFunnel"),
    ("i ih iy visemei vih vi fclmthi mthi mouthi い",
     "mouthStretchLeft .4, mouthStretchRight .4, mouthSmileLeft .2, mouthSmileRight .2, jawOpen -.3",
     "mouthStretchLeft mouthStretchRight"),
    ("e eh ee visemee ve veh fclmthe mthe mouthe え",
     "mouthLowerDownLeft .4, mouthLowerDownRight .4, mouthUpperUpLeft .2, mouthUpperUpRight .2",
     "mouthLowerDownLeft mouthLowerDownRight"),
    ("fclmthjoy mouthjoy smile grin happy joy fun relaxed fclalljoy fclallfun にやり 口角上げ",
     "mouthSmileLeft .5, mouthSmileRight .5", "mouthSmileLeft mouthSmileRight"),
    ("fclmthsorrow frown mouthsad sad sorrow fclallsorrow 口角下げ",
     "mouthFrownLeft .5, mouthFrownRight .5, browInnerUp .4", "mouthFrownLeft mouthFrownRight"),
    ("angry anger mad fclallangry", "browDownLeft .5, browDownRight .5", "browDownLeft browDownRight"),
    ("surprised surprise shock fclallsurprised",
     "browOuterUpLeft .3, browOuterUpRight .3, eyeWideLeft .2, eyeWideRight .2, browInnerUp .2",
     "browOuterUpLeft browOuterUpRight"),
)

# Bones that turn: role -> folded names, best first. Prefixes such as "mixamorig:" and "DEF-" are dropped before.
BONES: dict[str, str] = {
    "head": "head ccbasehead bip head1 jbipchead headx cchead skullhead faceroot",
    "neck": "neck ccbasenecktwist01 jbipcneck necklower neck1 neck01 spine005 spine004 neckx",
    "left_eye": "eyeleft ccbaseeyeleft jadjfaceeyeleft lefteye eyeballleft eyexleft",
    "right_eye": "eyeright ccbaseeyeright jadjfaceeyeright righteye eyeballright eyexright",
    "jaw": "jawmaster jaw lowerjaw ccbasejawroot jawroot chinmaster jawbone mandible",
}
