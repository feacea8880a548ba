/**
 * Table E.1-1 of DICOM PS3.15 (2024e), a row a line: tag, keyword, VR, whether the attribute is in a standard composite IOD (Y, N), the
 * action of the Basic Profile, then the actions of the options: P retain safe private, U retain UIDs, V retain device identity,
 * I retain institution identity, H retain patient characteristics, F retain longitudinal with full dates, M with modified dates,
 * D clean descriptors, S clean structured content, G clean graphics. Written by scripts/de-identification/write-tables.ts.
 */
export const confidentialityRows = `
00080050 AccessionNumber SH Y Z
00184000 AcquisitionComments LT N X DC
00400555 AcquisitionContextSequence SQ Y X/Z SC
00080022 AcquisitionDate DA Y X/Z FK MC
0008002a AcquisitionDateTime DT Y X/Z/D FK MC
00181400 AcquisitionDeviceProcessingDescription LO Y X/D DC
001811bb AcquisitionFieldOfViewLabel LO Y D DC
00189424 AcquisitionProtocolDescription LT Y X DC
00080032 AcquisitionTime TM Y X/Z FK MC
00080017 AcquisitionUID UI Y U UK
00404035 ActualHumanPerformersSequence SQ N X
001021b0 AdditionalPatientHistory LT Y X DC
0040a353 AddressTrial ST N X
00380010 AdmissionID LO Y X
00380020 AdmittingDate DA N X FK MC
00081084 AdmittingDiagnosesCodeSequence SQ Y X DC
00081080 AdmittingDiagnosesDescription LO Y X DC
00380021 AdmittingTime TM N X FK MC
00001000 AffectedSOPInstanceUID UI N X UK
00102110 Allergies LO N X HC DC
006a0006 AnnotationGroupDescription UT Y X DC
006a0005 AnnotationGroupLabel LO Y D DC
006a0003 AnnotationGroupUID UI Y D UK
00440004 ApprovalStatusDateTime DT N X FK MC
40000010 Arbitrary LT N X
00440104 AssertionDateTime DT Y D FK MC
00440105 AssertionExpirationDateTime DT Y X FK MC
04000562 AttributeModificationDateTime DT Y D FK MC
0040a078 AuthorObserverSequence SQ Y X
22000005 BarcodeValue LT Y X/Z
300a00c3 BeamDescription ST Y X DC
300c0127 BeamHoldTransitionDateTime DT Y D VK FK MC
300a00dd BolusDescription ST Y X DC
00101081 BranchOfService LO N X
0014407e CalibrationDate DA N X VK FK MC
00181203 CalibrationDateTime DT Y Z VK FK MC
0014407c CalibrationTime TM N X VK FK MC
0016004d CameraOwnerName UT Y X
00181007 CassetteID LO Y X VK
04000115 CertificateOfSigner OB Y D
04000310 CertifiedTimestamp OB Y X FK MC
00120060 ClinicalTrialCoordinatingCenterName LO Y Z IK
00120082 ClinicalTrialProtocolEthicsCommitteeApprovalNumber LO Y X
00120081 ClinicalTrialProtocolEthicsCommitteeName LO Y D IK
00120020 ClinicalTrialProtocolID LO Y D
00120021 ClinicalTrialProtocolName LO Y Z
00120072 ClinicalTrialSeriesDescription LO Y X DC
00120071 ClinicalTrialSeriesID LO Y X
00120030 ClinicalTrialSiteID LO Y Z IK
00120031 ClinicalTrialSiteName LO Y Z IK
00120010 ClinicalTrialSponsorName LO Y D
00120040 ClinicalTrialSubjectID LO Y D
00120042 ClinicalTrialSubjectReadingID LO Y D
00120051 ClinicalTrialTimePointDescription ST Y X DC
00120050 ClinicalTrialTimePointID LO Y Z
00400310 CommentsOnRadiationDose ST Y X DC
00400280 CommentsOnThePerformedProcedureStep ST Y X DC
300a02eb CompensatorDescription LT Y X DC
00209161 ConcatenationUID UI Y U UK
3010000f ConceptualVolumeCombinationDescription ST Y Z DC
30100017 ConceptualVolumeDescription ST Y Z DC
30100006 ConceptualVolumeUID UI Y U UK
00403001 ConfidentialityConstraintOnPatientDataDescription LO N X
30100013 ConstituentConceptualVolumeUID UI Y U UK
0008009c ConsultingPhysicianName PN Y Z
0008009d ConsultingPhysicianIdentificationSequence SQ Y X
0050001b ContainerComponentID LO Y X
0040051a ContainerDescription LO Y X DC
00400512 ContainerIdentifier LO Y D
00700086 ContentCreatorIdentificationCodeSequence SQ Y X
00700084 ContentCreatorName PN Y Z/D
00080023 ContentDate DA Y Z/D FK MC
0040a730 ContentSequence SQ Y D SC
00080033 ContentTime TM Y Z/D FK MC
00080107 ContextGroupLocalVersion DT Y D FK MC
00080106 ContextGroupVersion DT Y D FK MC
00180010 ContrastBolusAgent LO Y Z/D DC
00181042 ContrastBolusStartTime TM Y X FK MC
00181043 ContrastBolusStopTime TM Y X FK MC
0018a002 ContributionDateTime DT Y X FK MC
0018a003 ContributionDescription ST Y X DC
00102150 CountryOfResidence LO N X
21000040 CreationDate DA N X FK MC
21000050 CreationTime TM N X FK MC
0040a307 CurrentObserverTrial PN N X
00380300 CurrentPatientLocation LO N X
50xxxxxx CurveData OB N X GC
00080025 CurveDate DA Y X FK MC
00080035 CurveTime TM Y X FK MC
0040a07c CustodialOrganizationSequence SQ Y X
fffcfffc DataSetTrailingPadding OB Y X
0040a121 Date DA Y D FK MC
0040a110 DateOfDocumentOrVerbalTransactionTrial DA N X FK MC
00181205 DateOfInstallation DA Y X VK FK MC
00181200 DateOfLastCalibration DA Y X VK FK MC
0018700c DateOfLastDetectorCalibration DA Y X/D VK FK MC
00181204 DateOfManufacture DA Y X VK FK MC
00181012 DateOfSecondaryCapture DA Y X FK MC
0040a120 DateTime DT Y D FK MC
00181202 DateTimeOfLastCalibration DT N X VK FK MC
00189701 DecayCorrectionDateTime DT Y D FK MC
0018937f DecompositionDescription UT Y X DC
00082111 DerivationDescription ST Y X DC
21000140 DestinationAE AE Y D VC
0018700a DetectorID SH Y X/D VK
3010001b DeviceAlternateIdentifier UC Y Z
00500020 DeviceDescription LO Y X VK
3010002d DeviceLabel LO Y D VK
00181000 DeviceSerialNumber LO Y X/Z/D VK
0016004b DeviceSettingDescription OB Y X DC
00181002 DeviceUID UI Y U UK VK
04000105 DigitalSignatureDateTime DT Y D FK MC
fffafffa DigitalSignaturesSequence SQ Y X
04000100 DigitalSignatureUID UI Y U
00209164 DimensionOrganizationUID UI Y U UK
00380030 DischargeDate DA N X FK MC
00380040 DischargeDiagnosisDescription LO N X DC
00380032 DischargeTime TM N X FK MC
300a079a DisplacementReferenceLabel LO Y X DC
4008011a DistributionAddress LO N X
40080119 DistributionName PN N X
300a0016 DoseReferenceDescription LO Y X DC
300a0013 DoseReferenceUID UI Y U UK
3010006e DosimetricObjectiveUID UI Y U UK
00686226 EffectiveDateTime DT Y D FK MC
00420011 EncapsulatedDocument OB Y D
00189517 EndAcquisitionDateTime DT Y X/D FK MC
30100037 EntityDescription ST Y X DC
30100035 EntityLabel SH Y D DC
30100038 EntityLongLabel LO Y D DC
30100036 EntityName LO Y X DC
300a0676 EquipmentFrameOfReferenceDescription ST Y X DC
00120087 EthicsCommitteeApprovalEffectivenessEndDate DA Y X FK MC
00120086 EthicsCommitteeApprovalEffectivenessStartDate DA Y X FK MC
00102160 EthnicGroup SH Y X HK
00189804 ExclusionStartDateTime DT Y D FK MC
00404011 ExpectedCompletionDateTime DT N X FK MC
00080058 FailedSOPInstanceUIDList UI N U UK
0070031a FiducialUID UI Y U UK
00402017 FillerOrderNumberImagingServiceRequest LO Y Z
003a032b FilterLookupTableDescription ST Y X DC
0040a023 FindingsGroupRecordingDateTrial DA N X FK MC
0040a024 FindingsGroupRecordingTimeTrial TM N X FK MC
30080054 FirstTreatmentDate DA Y X/D FK MC
300a0196 FixationDeviceDescription ST Y X DC
00340002 FlowIdentifier OB Y D
00340001 FlowIdentifierSequence SQ Y D
3010007f FractionationNotes UT Y Z DC
300a0072 FractionGroupDescription LO Y X DC
00189074 FrameAcquisitionDateTime DT Y D FK MC
00209158 FrameComments LT Y X DC
00200052 FrameOfReferenceUID UI Y U UK
00340007 FrameOriginTimestamp OB Y D FK MC
00189151 FrameReferenceDateTime DT Y D FK MC
00189623 FunctionalSyncPulse DT Y D FK MC
00181008 GantryID LO Y X VK
00181005 GeneratorID LO Y X VK
00160076 GPSAltitude DS Y X
00160075 GPSAltitudeRef US Y X
0016008c GPSAreaInformation OB Y X
0016008d GPSDateStamp DT Y X FK MC
00160088 GPSDestBearing DS Y X
00160087 GPSDestBearingRef CS Y X
0016008a GPSDestDistance DS Y X
00160089 GPSDestDistanceRef CS Y X
00160084 GPSDestLatitude DS Y X
00160083 GPSDestLatitudeRef CS Y X
00160086 GPSDestLongitude DS Y X
00160085 GPSDestLongitudeRef CS Y X
0016008e GPSDifferential IS Y X
0016007b GPSDOP DS Y X
00160081 GPSImgDirection DS Y X
00160080 GPSImgDirectionRef CS Y X
00160072 GPSLatitude DS Y X
00160071 GPSLatitudeRef CS Y X
00160074 GPSLongitude DS Y X
00160073 GPSLongitudeRef CS Y X
00160082 GPSMapDatum UT Y X
0016007a GPSMeasureMode CS Y X
0016008b GPSProcessingMethod OB Y X
00160078 GPSSatellites UT Y X
0016007d GPSSpeed DS Y X
0016007c GPSSpeedRef CS Y X
00160079 GPSStatus CS Y X
00160077 GPSTimeStamp DT Y X
0016007f GPSTrack DS Y X
0016007e GPSTrackRef CS Y X
00160070 GPSVersionID OB Y X
00700001 GraphicAnnotationSequence SQ Y D GC
0072000a HangingProtocolCreationDateTime DT Y D FK MC
0040e004 HL7DocumentEffectiveTime DT N X FK MC
00404037 HumanPerformerName PN N X
00404036 HumanPerformerOrganization LO N X
00880200 IconImageSequence SQ Y X
00084000 IdentifyingComments LT N X DC
00204000 ImageComments LT Y X DC
00284000 ImagePresentationComments LT N X
00402400 ImagingServiceRequestComments LT N X DC
003a0314 ImpedanceMeasurementDateTime DT Y D FK MC
40080300 Impressions ST N X DC
00686270 InformationIssueDateTime DT Y D FK MC
00080015 InstanceCoercionDateTime DT Y X FK MC
00080012 InstanceCreationDate DA Y X/D FK MC
00080013 InstanceCreationTime TM Y X/Z/D FK MC
00080014 InstanceCreatorUID UI Y U UK
04000600 InstanceOriginStatus CS Y X
00080081 InstitutionAddress ST Y X IK
00081040 InstitutionalDepartmentName LO Y X IK
00081041 InstitutionalDepartmentTypeCodeSequence SQ Y X IK
00080082 InstitutionCodeSequence SQ Y X/Z/D IK
00080080 InstitutionName LO Y X/Z/D IK
00189919 InstructionPerformedDateTime DT Y Z/D FK MC
00101050 InsurancePlanIdentification LO N X
30100085 IntendedFractionStartTime TM Y X FK MC
3010004d IntendedPhaseEndDate DA Y X/D FK MC
3010004c IntendedPhaseStartDate DA Y X/D FK MC
00401011 IntendedRecipientsOfResultsIdentificationSequence SQ N X
300a0741 InterlockDateTime DT Y D FK MC
300a0742 InterlockDescription ST Y D DC
300a0783 InterlockOriginDescription ST Y D DC
40080112 InterpretationApprovalDate DA N X FK MC
40080113 InterpretationApprovalTime TM N X FK MC
40080111 InterpretationApproverSequence SQ N X
4008010c InterpretationAuthor PN N X
40080115 InterpretationDiagnosisDescription LT N X DC
40080200 InterpretationID SH N X
40080202 InterpretationIDIssuer LO N X
40080100 InterpretationRecordedDate DA N X FK MC
40080101 InterpretationRecordedTime TM N X FK MC
40080102 InterpretationRecorder PN N X
4008010b InterpretationText ST N X DC
4008010a InterpretationTranscriber PN N X
40080108 InterpretationTranscriptionDate DA N X FK MC
40080109 InterpretationTranscriptionTime TM N X FK MC
00180035 InterventionDrugStartTime TM Y X FK MC
00180027 InterventionDrugStopTime TM Y X FK MC
00083010 IrradiationEventUID UI Y U UK
00402004 IssueDateOfImagingServiceRequest DA N X FK MC
00380011 IssuerOfAdmissionID LO Y X
00380014 IssuerOfAdmissionIDSequence SQ Y X
00120022 IssuerOfClinicalTrialProtocolID LO Y X
00120073 IssuerOfClinicalTrialSeriesID LO Y X
00120032 IssuerOfClinicalTrialSiteID LO Y X
00120041 IssuerOfClinicalTrialSubjectID LO Y X
00120043 IssuerOfClinicalTrialSubjectReadingID LO Y X
00120055 IssuerOfClinicalTrialTimePointID LO Y X
00100021 IssuerOfPatientID LO Y X
00380061 IssuerOfServiceEpisodeID LO Y X
00380064 IssuerOfServiceEpisodeIDSequence SQ Y X
00400513 IssuerOfTheContainerIdentifierSequence SQ Y Z
00400562 IssuerOfTheSpecimenIdentifierSequence SQ Y Z
00402005 IssueTimeOfImagingServiceRequest TM N X FK MC
22000002 LabelText UT Y X/Z DC
00281214 LargePaletteColorLookupTableUID UI N U UK
001021d0 LastMenstrualDate DA N X FK MC
0016004f LensMake UT Y X VK
00160050 LensModel UT Y X VK
00160051 LensSerialNumber UT Y X VK
0016004e LensSpecification DS Y X VK
00500021 LongDeviceDescription ST Y X DC
04000404 MAC OB Y X
0016002b MakerNote OB Y X DC
0018100b ManufacturerDeviceClassUID UI Y U UK VK
30100043 ManufacturerDeviceIdentifier ST Y Z VK
00020003 MediaStorageSOPInstanceUID UI N U UK
00102000 MedicalAlerts LO N X DC
00101090 MedicalRecordLocator LO N X
00101080 MilitaryRank LO N X
04000550 ModifiedAttributesSequence SQ N X
00203403 ModifiedImageDate DA N X FK MC
00203406 ModifiedImageDescription LO N X
00203405 ModifiedImageTime TM N X FK MC
00203401 ModifyingDeviceID CS N X VK
04000563 ModifyingSystem LO Y D VK
30080056 MostRecentTreatmentDate DA Y X/D FK MC
0018937b MultienergyAcquisitionDescription UT Y X DC
003a0310 MultiplexGroupUID UI Y U UK
00081060 NameOfPhysiciansReadingStudy PN Y X
00401010 NamesOfIntendedRecipientsOfResults PN N X
00081000 NetworkID AE N X VC
04000552 NonconformingDataElementValue OB N X
04000551 NonconformingModifiedAttributesSequence SQ N X
0040a192 ObservationDateTrial DA N X FK MC
0040a032 ObservationDateTime DT Y X/D FK MC
0040a033 ObservationStartDateTime DT Y X FK MC
0040a402 ObservationSubjectUIDTrial UI N U UK
0040a193 ObservationTimeTrial TM N X FK MC
0040a171 ObservationUID UI Y U UK
00102180 Occupation SH Y X DC
00081072 OperatorIdentificationSequence SQ Y X/D
00081070 OperatorsName PN Y X/Z/D
00402010 OrderCallbackPhoneNumber SH N X
00402011 OrderCallbackTelecomInformation LT N X
00402008 OrderEnteredBy PN N X
00402009 OrderEntererLocation SH N X
04000561 OriginalAttributesSequence SQ Y X
21000070 Originator AE N X VC
00120023 OtherClinicalTrialProtocolIDsSequence SQ Y X
00101000 OtherPatientIDs LO Y X
00101002 OtherPatientIDsSequence SQ Y X
00101001 OtherPatientNames PN Y X
60xx4000 OverlayComments LT N X GC
60xx3000 OverlayData OW Y X GC
00080024 OverlayDate DA Y X FK MC
00080034 OverlayTime TM Y X FK MC
300a0760 OverrideDateTime DT Y D FK MC
00281199 PaletteColorLookupTableUID UI Y U UK
0040a07a ParticipantSequence SQ Y X
0040a082 ParticipationDateTime DT Y Z FK MC
00101040 PatientAddress LO N X
00101010 PatientAge AS Y X HK
00100030 PatientBirthDate DA Y Z
00101005 PatientBirthName PN N X
00100032 PatientBirthTime TM Y X
00380400 PatientInstitutionResidence LO N X
00100050 PatientInsurancePlanCodeSequence SQ Y X
00101060 PatientMotherBirthName PN N X
00100010 PatientName PN Y Z
00100101 PatientPrimaryLanguageCodeSequence SQ Y X
00100102 PatientPrimaryLanguageModifierCodeSequence SQ Y X
001021f0 PatientReligiousPreference LO N X
00100040 PatientSex CS Y Z HK
00102203 PatientSexNeutered CS Y X/Z HK
00101020 PatientSize DS Y X HK
00102155 PatientTelecomInformation LT N X
00102154 PatientTelephoneNumbers SH N X
00101030 PatientWeight DS Y X HK
00104000 PatientComments LT Y X DC
00100020 PatientID LO Y Z/D
300a0794 PatientSetupPhotoDescription LT Y X DC
300a0650 PatientSetupUID UI N U UK
00380500 PatientState LO N X HC DC
00401004 PatientTransportArrangements LO N X
300a0792 PatientTreatmentPreparationMethodDescription LT Y X DC
300a078e PatientTreatmentPreparationProcedureParameterDescription LT Y X DC
00400243 PerformedLocation SH N X
00400254 PerformedProcedureStepDescription LO Y X DC
00400250 PerformedProcedureStepEndDate DA Y X FK MC
00404051 PerformedProcedureStepEndDateTime DT N X FK MC
00400251 PerformedProcedureStepEndTime TM Y X FK MC
00400253 PerformedProcedureStepID SH Y X
00400244 PerformedProcedureStepStartDate DA Y X FK MC
00404050 PerformedProcedureStepStartDateTime DT N X FK MC
00400245 PerformedProcedureStepStartTime TM Y X FK MC
00400241 PerformedStationAETitle AE N X VC
00404030 PerformedStationGeographicLocationCodeSequence SQ N X VK
00400242 PerformedStationName SH N X VK
00404028 PerformedStationNameCodeSequence SQ N X VK
00081050 PerformingPhysicianName PN Y X
00081052 PerformingPhysicianIdentificationSequence SQ Y X
00401102 PersonAddress ST Y X
00401104 PersonTelecomInformation LT Y X
00401103 PersonTelephoneNumbers LO Y X
00401101 PersonIdentificationCodeSequence SQ Y D
0040a123 PersonName PN Y D
00081048 PhysiciansOfRecord PN Y X
00081049 PhysiciansOfRecordIdentificationSequence SQ Y X
00081062 PhysiciansReadingStudyIdentificationSequence SQ Y X
40080114 PhysicianApprovingInterpretation PN N X
00402016 PlacerOrderNumberImagingServiceRequest LO Y Z
00181004 PlateID LO Y X VK
30020123 PositionAcquisitionTemplateDescription LT Y X DC
30020121 PositionAcquisitionTemplateName LO Y X DC
001021c0 PregnancyStatus US N X HK
00400012 PreMedication LO N X HC
300a000e PrescriptionDescription ST Y X DC
3010007b PrescriptionNotes UT Y Z DC
30100081 PrescriptionNotesSequence SQ Y Z DC
00700082 PresentationCreationDate DA Y X FK MC
00700083 PresentationCreationTime TM Y X FK MC
00701101 PresentationDisplayCollectionUID UI Y U UK
00701102 PresentationSequenceCollectionUID UI Y U UK
30100061 PriorTreatmentDoseDescription UT Y X DC
private PrivateAttributes UN N X PC
00404052 ProcedureStepCancellationDateTime DT N X FK MC
0044000b ProductExpirationDateTime DT N X FK MC
00181030 ProtocolName LO Y X/D DC
00081088 PyramidDescription LO Y X DC
00200027 PyramidLabel LO Y X DC
00080019 PyramidUID UI Y U UK
300a0619 RadiationDoseIdentificationLabel LO Y D DC
300a0623 RadiationDoseInVivoMeasurementLabel LO Y D DC
300a067d RadiationGenerationModeDescription ST Y Z DC
300a067c RadiationGenerationModeLabel SH Y D DC
00181078 RadiopharmaceuticalStartDateTime DT Y X FK MC
00181072 RadiopharmaceuticalStartTime TM Y X FK MC
00181079 RadiopharmaceuticalStopDateTime DT Y X FK MC
00181073 RadiopharmaceuticalStopTime TM Y X FK MC
300c0113 ReasonForOmissionDescription LO Y X DC
0040100a ReasonForRequestedProcedureCodeSequence SQ Y X DC
00321030 ReasonForStudy LO N X DC
3010005c ReasonForSuperseding ST Y Z DC
04000565 ReasonForTheAttributeModification CS Y D DC
00402001 ReasonForTheImagingServiceRequest LO N X DC
00401002 ReasonForTheRequestedProcedure LO Y X DC
00321066 ReasonForVisit UT Y X DC
00321067 ReasonForVisitCodeSequence SQ Y X DC
00741234 ReceivingAE AE N X VC
300a073a RecordedRTControlPointDateTime DT Y D FK MC
3010000b ReferencedConceptualVolumeUID UI Y U UK
0040a13a ReferencedDateTime DT Y D FK MC
04000402 ReferencedDigitalSignatureSequence SQ Y X
300a0083 ReferencedDoseReferenceUID UI Y U UK
3010006f ReferencedDosimetricObjectiveUID UI Y U UK
30100031 ReferencedFiducialsUID UI Y U UK
30060024 ReferencedFrameOfReferenceUID UI Y U UK
00404023 ReferencedGeneralPurposeScheduledProcedureStepTransactionUID UI N U UK
00081140 ReferencedImageSequence SQ Y X/Z/U* UK
0040a172 ReferencedObservationUIDTrial UI N U UK
00380004 ReferencedPatientAliasSequence SQ N X
00101100 ReferencedPatientPhotoSequence SQ Y X
00081120 ReferencedPatientSequence SQ Y X UK
00081111 ReferencedPerformedProcedureStepSequence SQ Y X/Z/D UK
04000403 ReferencedSOPInstanceMACSequence SQ Y X
00081155 ReferencedSOPInstanceUID UI Y U UK
00041511 ReferencedSOPInstanceUIDInFile UI N U UK
00081110 ReferencedStudySequence SQ Y X/Z UK
300a0785 ReferencedTreatmentPositionGroupUID UI Y U UK
00080092 ReferringPhysicianAddress ST N X
00080090 ReferringPhysicianName PN Y Z
00080094 ReferringPhysicianTelephoneNumbers SH N X
00080096 ReferringPhysicianIdentificationSequence SQ Y X
00102152 RegionOfResidence LO N X
300600c2 RelatedFrameOfReferenceUID UI N U UK
00400275 RequestAttributesSequence SQ Y X DC
00321070 RequestedContrastAgent LO N X DC
00401400 RequestedProcedureComments LT N X DC
00321060 RequestedProcedureDescription LO Y X/Z DC
00401001 RequestedProcedureID SH N X
00401005 RequestedProcedureLocation LO N X
00189937 RequestedSeriesDescription LO Y X DC
00001001 RequestedSOPInstanceUID UI N U UK
00741236 RequestingAE AE N X VC
00321032 RequestingPhysician PN N X
00321033 RequestingService LO N X
00189185 RespiratoryMotionCompensationTechniqueDescription ST Y X DC
00102299 ResponsibleOrganization LO Y X
00102297 ResponsiblePerson PN Y X
40084000 ResultsComments ST N X DC
40080118 ResultsDistributionListSequence SQ N X
40080040 ResultsID SH N X
40080042 ResultsIDIssuer LO N X
00080054 RetrieveAETitle AE Y X VC
300e0004 ReviewDate DA Y Z FK MC
300e0008 ReviewerName PN Y X/Z
300e0005 ReviewTime TM Y Z FK MC
3006004d ROICreatorSequence SQ Y X
3006002d ROIDateTime DT Y X FK MC
30060028 ROIDescription ST Y X DC
30060038 ROIGenerationDescription LO Y X DC
300600a6 ROIInterpreter PN Y Z
3006004e ROIInterpreterSequence SQ Y X
30060026 ROIName LO Y Z DC
3006002e ROIObservationDateTime DT Y X FK MC
30060088 ROIObservationDescription ST Y X DC
30060085 ROIObservationLabel SH Y X DC
300a0615 RTAccessoryDeviceSlotID LO Y Z
300a0611 RTAccessoryHolderSlotID LO Y Z
3010005a RTPhysicianIntentNarrative UT Y Z DC
300a0006 RTPlanDate DA Y X/D FK MC
300a0004 RTPlanDescription ST Y X DC
300a0002 RTPlanLabel SH Y D DC
300a0003 RTPlanName LO Y X DC
300a0007 RTPlanTime TM Y X/D FK MC
30100054 RTPrescriptionLabel LO Y D DC
300a062a RTToleranceSetLabel LO Y D DC
30100056 RTTreatmentApproachLabel LO Y X/D DC
3010003b RTTreatmentPhaseUID UI Y U UK
30080162 SafePositionExitDate DA Y D FK MC
30080164 SafePositionExitTime TM Y D FK MC
30080166 SafePositionReturnDate DA Y D FK MC
30080168 SafePositionReturnTime TM Y D FK MC
0038001a ScheduledAdmissionDate DA N X FK MC
0038001b ScheduledAdmissionTime TM N X FK MC
0038001c ScheduledDischargeDate DA N X FK MC
0038001d ScheduledDischargeTime TM N X FK MC
00404034 ScheduledHumanPerformersSequence SQ N X
0038001e ScheduledPatientInstitutionResidence LO N X
00400006 ScheduledPerformingPhysicianName PN N X
0040000b ScheduledPerformingPhysicianIdentificationSequence SQ N X
00400007 ScheduledProcedureStepDescription LO Y X DC
00400004 ScheduledProcedureStepEndDate DA N X FK MC
00400005 ScheduledProcedureStepEndTime TM N X FK MC
00404008 ScheduledProcedureStepExpirationDateTime DT N X FK MC
00400009 ScheduledProcedureStepID SH Y X
00400011 ScheduledProcedureStepLocation SH N X VK
00404010 ScheduledProcedureStepModificationDateTime DT N X FK MC
00400002 ScheduledProcedureStepStartDate DA N X FK MC
00404005 ScheduledProcedureStepStartDateTime DT N X FK MC
00400003 ScheduledProcedureStepStartTime TM N X FK MC
00400001 ScheduledStationAETitle AE N X VC
00404027 ScheduledStationGeographicLocationCodeSequence SQ N X VK
00400010 ScheduledStationName SH N X VK
00404025 ScheduledStationNameCodeSequence SQ N X VK
00321020 ScheduledStudyLocation LO N X VK
00321021 ScheduledStudyLocationAETitle AE N X VC
00321000 ScheduledStudyStartDate DA N X FK MC
00321001 ScheduledStudyStartTime TM N X FK MC
00321010 ScheduledStudyStopDate DA N X FK MC
00321011 ScheduledStudyStopTime TM N X FK MC
0072005e SelectorAEValue AE Y D VC
0072005f SelectorASValue AS Y D HK
00720061 SelectorDAValue DA Y D FK MC
00720063 SelectorDTValue DT Y D FK MC
00720066 SelectorLOValue LO Y D DC
00720068 SelectorLTValue LT Y D DC
00720065 SelectorOBValue OB Y D
0072006a SelectorPNValue PN Y D
0072006c SelectorSHValue SH Y D DC
0072006e SelectorSTValue ST Y D DC
0072006b SelectorTMValue TM Y D FK MC
0072006d SelectorUNValue UN Y D
00720071 SelectorURValue UR Y D
00720070 SelectorUTValue UT Y D DC
00080021 SeriesDate DA Y X/D FK MC
0008103e SeriesDescription LO Y X DC
0020000e SeriesInstanceUID UI Y U UK
00080031 SeriesTime TM Y X/D FK MC
00380062 ServiceEpisodeDescription LO Y X DC
00380060 ServiceEpisodeID LO Y X
300a01b2 SetupTechniqueDescription ST Y X DC
300a01a6 ShieldingDeviceDescription ST Y X DC
004006fa SlideIdentifier LO N X
001021a0 SmokingStatus CS N X HK
01000420 SOPAuthorizationDateTime DT Y X FK MC
00080018 SOPInstanceUID UI Y U UK
30100015 SourceConceptualVolumeUID UI Y U UK
0018936a SourceEndDateTime DT Y D FK MC
00640003 SourceFrameOfReferenceUID UI Y U UK
00340005 SourceIdentifier OB Y D
00082112 SourceImageSequence SQ Y X/Z/U* UK
300a0216 SourceManufacturer LO Y X VK
04000564 SourceOfPreviousValues LO Y Z IK
30080105 SourceSerialNumber LO Y X/Z VK
00189369 SourceStartDateTime DT Y D FK MC
300a022c SourceStrengthReferenceDate DA Y D FK MC
300a022e SourceStrengthReferenceTime TM Y D FK MC
00380050 SpecialNeeds LO N X HC
0040050a SpecimenAccessionNumber LO N X
00400602 SpecimenDetailedDescription UT Y X DC
00400551 SpecimenIdentifier LO Y D
00400610 SpecimenPreparationSequence SQ Y Z SC
00400600 SpecimenShortDescription LO Y X DC
00400554 SpecimenUID UI Y U UK
00189516 StartAcquisitionDateTime DT Y X/D FK MC
00080055 StationAETitle AE Y X VC
00081010 StationName SH Y X/Z/D VK
00880140 StorageMediaFileSetUID UI Y U UK
30060008 StructureSetDate DA Y Z FK MC
30060006 StructureSetDescription ST Y X DC
30060002 StructureSetLabel SH Y D DC
30060004 StructureSetName LO Y X DC
30060009 StructureSetTime TM Y Z FK MC
00321040 StudyArrivalDate DA N X FK MC
00321041 StudyArrivalTime TM N X FK MC
00324000 StudyComments LT N X DC
00321050 StudyCompletionDate DA N X FK MC
00321051 StudyCompletionTime TM N X FK MC
00080020 StudyDate DA Y Z FK MC
00081030 StudyDescription LO Y X DC
00200010 StudyID SH Y Z
00320012 StudyIDIssuer LO N X
0020000d StudyInstanceUID UI Y U UK
00320034 StudyReadDate DA N X FK MC
00320035 StudyReadTime TM N X FK MC
00080030 StudyTime TM Y Z FK MC
00320032 StudyVerifiedDate DA N X FK MC
00320033 StudyVerifiedTime TM N X FK MC
00440010 SubstanceAdministrationDateTime DT N X FK MC
00200200 SynchronizationFrameOfReferenceUID UI Y U UK
00182042 TargetUID UI Y U UK
0040a354 TelephoneNumberTrial LO N X
0040db0d TemplateExtensionCreatorUID UI N U UK
0040db0c TemplateExtensionOrganizationUID UI N U UK
0040db07 TemplateLocalVersion DT N X FK MC
0040db06 TemplateVersion DT N X FK MC
40004000 TextComments LT N X
20300020 TextString LO N X
0040a122 Time TM Y D FK MC
0040a112 TimeOfDocumentCreationOrVerbalTransactionTrial TM N X FK MC
00181201 TimeOfLastCalibration TM Y X VK FK MC
0018700e TimeOfLastDetectorCalibration TM Y X/D VK FK MC
00181014 TimeOfSecondaryCapture TM Y X FK MC
00080201 TimezoneOffsetFromUTC SH Y X FK MC
00880910 TopicAuthor LO N X
00880912 TopicKeywords LO N X
00880906 TopicSubject ST N X
00880904 TopicTitle LO N X
00620021 TrackingUID UI Y U UK
00081195 TransactionUID UI N U UK
00185011 TransducerIdentificationSequence SQ Y X VK
30080024 TreatmentControlPointDate DA Y D FK MC
30080025 TreatmentControlPointTime TM Y D FK MC
30080250 TreatmentDate DA Y X/D FK MC
300a00b2 TreatmentMachineName SH Y X/Z VK
300a0608 TreatmentPositionGroupLabel LO Y D DC
300a0609 TreatmentPositionGroupUID UI Y U UK
300a0700 TreatmentSessionUID UI Y U UK
30100077 TreatmentSite LO Y X/D DC
300a000b TreatmentSites LO N X DC
3010007a TreatmentTechniqueNotes UT Y Z DC
30080251 TreatmentTime TM Y X/D FK MC
300a0736 TreatmentToleranceViolationDateTime DT Y D FK MC
300a0734 TreatmentToleranceViolationDescription ST Y D DC
0018100a UDISequence SQ Y X VK
0040a124 UID UI Y U
00181009 UniqueDeviceIdentifier UT Y X VK
30100033 UserContentLabel SH Y D DC
30100034 UserContentLongLabel LO Y D DC
0040a352 VerbalSourceTrial PN N X
0040a358 VerbalSourceIdentifierCodeSequenceTrial SQ N X
0040a030 VerificationDateTime DT Y D FK MC
0040a088 VerifyingObserverIdentificationCodeSequence SQ Y Z
0040a075 VerifyingObserverName PN Y D
0040a073 VerifyingObserverSequence SQ Y D
0040a027 VerifyingOrganization LO Y D
00384000 VisitComments LT N X DC
003a0329 WaveformFilterDescription ST Y X DC
00189371 XRayDetectorID UC Y D VK
00189373 XRayDetectorLabel ST Y X VK
00189367 XRaySourceID UC Y D VK
`;
