# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of many kinds of heads are understood, and nothing is moved twice."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.character.matching import fold, match_bones, match_names
from livelink_blender.core.character.name_tables import DIALECTS, LOOSE
from livelink_blender.core.face.channels import SHAPES


def pascal(shape):
    return shape[0].upper() + shape[1:]


def short_side(shape):
    return re.sub("Right$", "_R", re.sub("Left$", "_L", shape))


def snake(shape):
    return re.sub("([A-Z])", r"_\1", shape).lower()


SPELLINGS = {
    "arkit": str, "perfect sync": pascal, "short side": short_side, "snake": snake,
    "upper": lambda s: snake(s).upper(), "part": lambda s: f"Head.{s}",
    "maya": lambda s: f"blendShape1.{short_side(s)}",
    "numbered": lambda s: f"{s}.001", "daz 8.1": lambda s: f"facs_bs_{pascal(s)}_div2", "words": lambda s: f"Face_{s}",
    "daz bridge": lambda s: f"Genesis8_1Female__facs_bs_{pascal(s)}",
    "dotted side": lambda s: short_side(s).replace("_", "."),
    "extended": lambda s: f"A{SHAPES.index(s):02}_{pascal(s)}", "spaces": lambda s: snake(s).replace("_", " ").title(),
}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
def test_all_52_are_found_in_any_spelling(spell):
    matching = match_names(["Basis", *map(spell, SHAPES)])
    assert matching.found == {spell(shape): [(shape, 1.0)] for shape in SHAPES}
    assert matching.missing == []
    assert matching.suggestions == {"Basis": ""}


def test_ready_player_me_extras_do_not_move_the_mouth_twice():
    extras = ["mouthOpen", "mouthSmile", "eyesClosed", "eyesLookUp", "viseme_aa", "viseme_O", "viseme_sil"]
    matching = match_names([*SHAPES, *extras])
    assert set(matching.found) == set(SHAPES)
    assert set(matching.suggestions) == set(extras)


def test_ready_player_me_without_arkit_still_talks_and_smiles():
    found = match_names(["mouthOpen", "mouthSmile"]).found
    assert found["mouthOpen"] == [("jawOpen", 1.0)]
    assert dict(found["mouthSmile"]) == {"mouthSmileLeft": 0.5, "mouthSmileRight": 0.5}


CC4 = """Brow_Raise_Inner_L Brow_Raise_Inner_R Brow_Raise_Outer_L Brow_Raise_Outer_R Brow_Drop_L Brow_Drop_R Eye_Blink_L
Eye_Blink_R Eye_Squint_L Eye_Squint_R Eye_Wide_L Eye_Wide_R Eye_L_Look_L Eye_R_Look_L Eye_L_Look_R Eye_R_Look_R
Eye_L_Look_Up Eye_R_Look_Up Eye_L_Look_Down Eye_R_Look_Down Nose_Sneer_L Nose_Sneer_R Cheek_Raise_L Cheek_Raise_R
Cheek_Puff_L Cheek_Puff_R Mouth_Smile_L Mouth_Smile_R Mouth_Frown_L Mouth_Frown_R Mouth_Stretch_L Mouth_Stretch_R
Mouth_Dimple_L Mouth_Dimple_R Mouth_Press_L Mouth_Press_R Mouth_Pucker_Up_L Mouth_Pucker_Up_R Mouth_Pucker_Down_L
Mouth_Pucker_Down_R Mouth_Funnel_Up_L Mouth_Funnel_Up_R Mouth_Funnel_Down_L Mouth_Funnel_Down_R Mouth_Roll_In_Upper_L
Mouth_Roll_In_Upper_R Mouth_Roll_In_Lower_L Mouth_Roll_In_Lower_R Mouth_Shrug_Upper Mouth_Shrug_Lower Mouth_Up_Upper_L
Mouth_Up_Upper_R Mouth_Down_Lower_L Mouth_Down_Lower_R Mouth_L Mouth_R Mouth_Close Jaw_Open Jaw_Forward Jaw_L Jaw_R
Tongue_Out""".split()


def test_character_creator_is_complete():
    matching = match_names(CC4)
    assert matching.missing == []
    assert not matching.suggestions
    assert matching.found["Eye_R_Look_L"] == [("eyeLookInRight", 1.0)]
    assert matching.found["Mouth_L"] == [("mouthLeft", 1.0)]
    assert matching.found["Brow_Raise_Inner_R"] == [("browInnerUp", 1.0)]
    assert matching.found["Mouth_Funnel_Up_L"] == matching.found["Mouth_Funnel_Down_R"] == [("mouthFunnel", 1.0)]


METAHUMAN = """browDownL browDownR browRaiseInL browRaiseInR browRaiseOuterL browRaiseOuterR eyeBlinkL eyeBlinkR
eyeWidenL
eyeWidenR eyeSquintInnerL eyeSquintInnerR eyeCheekRaiseL eyeCheekRaiseR eyeLookUpL eyeLookUpR eyeLookDownL eyeLookDownR
eyeLookLeftL eyeLookLeftR eyeLookRightL eyeLookRightR noseWrinkleL noseWrinkleR mouthCheekBlowL mouthCheekBlowR jawOpen
jawFwd jawLeft jawRight mouthLeft mouthRight mouthCornerPullL mouthCornerPullR mouthCornerDepressL mouthCornerDepressR
mouthDimpleL mouthDimpleR mouthStretchL mouthStretchR mouthUpperLipRaiseL mouthUpperLipRaiseR mouthLowerLipDepressL
mouthLowerLipDepressR mouthFunnelUL mouthFunnelUR mouthFunnelDL mouthFunnelDR mouthLipsPurseUL mouthLipsPurseUR
mouthLipsPurseDL mouthLipsPurseDR mouthLipsTogetherUL mouthLipsTogetherUR mouthLipsTogetherDL mouthLipsTogetherDR
mouthUpperLipRollInL mouthUpperLipRollInR mouthLowerLipRollInL mouthLowerLipRollInR mouthPressUL mouthPressUR
jawChinRaiseDL jawChinRaiseDR jawChinRaiseUL jawChinRaiseUR tongueOut""".split()


@pytest.mark.parametrize("prefix", ["", "CTRL_expressions_", "head_lod0_mesh__"])
def test_metahuman_like_maps_are_many_to_many(prefix):
    matching = match_names([prefix + name for name in METAHUMAN])
    assert matching.missing == []
    assert matching.found[prefix + "eyeLookLeftR"] == [("eyeLookInRight", 1.0)]
    assert matching.found[prefix + "mouthLipsPurseDR"] == [("mouthPucker", 1.0)]


def test_vowels_and_moods_alone_give_a_face():
    matching = match_names("Basis A I U E O Blink_L Blink_R Joy Angry Sorrow Surprised".split())
    assert set(matching.suggestions) == {"Basis"}
    assert dict(matching.found["A"])["jawOpen"] == 1.0
    assert matching.found["Blink_L"] == [("eyeBlinkLeft", 1.0)]
    assert len(matching.missing) < 36


@pytest.mark.parametrize(("names", "blink", "open_mouth"), [
    ("blink aa ih ou ee oh happy angry sad relaxed surprised", "blink", "aa"),
    ("Fcl_EYE_Close Fcl_MTH_A Fcl_MTH_O Fcl_MTH_Joy Fcl_ALL_Joy Fcl_BRW_Angry", "Fcl_EYE_Close", "Fcl_MTH_A"),
    ("まばたき あ い う え お にやり 怒り", "まばたき", "あ"),
    ("vrc.blink vrc.v_aa vrc.v_oh", "vrc.blink", "vrc.v_aa"),
])
def test_vrm_vroid_mmd_and_vrchat_presets(names, blink, open_mouth):
    found = match_names(names.split()).found
    assert dict(found[blink]) == {"eyeBlinkLeft": 0.5, "eyeBlinkRight": 0.5}
    assert found[open_mouth][0] == ("jawOpen", 1.0)


def test_a_surer_name_wins_over_a_prefixed_one():
    assert "corr_jawOpen" not in match_names(["corr_jawOpen", "jawOpen"]).found


def test_typing_errors_are_suggested_not_assumed():
    matching = match_names([*(s for s in SHAPES if s != "mouthFunnel"), "mouthFunel"])
    assert matching.missing == ["mouthFunnel"]
    assert matching.suggestions == {"mouthFunel": "mouthFunnel"}


@pytest.mark.parametrize(("name", "folded"), [
    ("Eye_L_Look_L", "eyelookleftleft"), ("eyeLookLeftR", "eyelookleftright"), ("Brow_Down.L", "browdownleft"),
    ("L_eyeBlink", "eyeblinkleft"), ("mouthFunnelUL", "mouthfunneluleft"),
])
def test_sides_are_folded(name, folded):
    assert fold(name) == folded


@pytest.mark.parametrize("bones", [
    ["CC_Base_Head", "CC_Base_NeckTwist01", "CC_Base_L_Eye", "CC_Base_R_Eye", "CC_Base_JawRoot"],
    ["head", "neckLower", "lEye", "rEye", "lowerJaw"],
    ["mixamorig:Head", "mixamorig:Neck", "LeftEye", "RightEye", "Jaw"],
    ["J_Bip_C_Head", "J_Bip_C_Neck", "J_Adj_L_FaceEye", "J_Adj_R_FaceEye", "Jaw"],
])
def test_bones_are_found_by_role(bones):
    assert match_bones(["hips", *bones, "spine"]) == dict(
        zip(["head", "neck", "left_eye", "right_eye", "jaw"], bones, strict=True))


def test_the_eyes_of_a_rigify_face_are_not_turned_by_hand():
    bones = ["head", "neck", "eye.L", "eye.R", "master_eye.L", "master_eye.R", "jaw", "jaw_master"]
    assert match_bones(bones) == {"head": "head", "neck": "neck", "jaw": "jaw_master"}


@pytest.mark.parametrize("table", [*DIALECTS.values(), LOOSE])
def test_the_tables_speak_of_real_shapes(table):
    named = {part.split()[0] for text in table.values() for part in text.split(",")}
    assert {name.replace("@", side) for name in named for side in ("Left", "Right")} <= set(SHAPES)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_any_names_are_survived(names):
    matching = match_names(names)
    match_bones(names)
    assert set(matching.found) | set(matching.suggestions) == set(names)
    assert all(shape in SHAPES for mix in matching.found.values() for shape, _ in mix)
