using System.Xml.Linq;
using Amazon.EC2.Model;
using HostingOps.Aws.Wire;

namespace Amazon.EC2.Wire;

/// <summary>Reads instances and what hangs on them, member by member as the EC2 model names them.</summary>
internal static class EC2InstanceAnswers
{
    public static GroupIdentifier GroupIdentifier(XElement e) => new()
    {
        GroupId = e.Text("groupId"),
        GroupName = e.Text("groupName"),
    };

    public static IamInstanceProfile IamInstanceProfile(XElement e) => new()
    {
        Arn = e.Text("arn"),
        Id = e.Text("id"),
    };

    public static InstanceNetworkInterfaceAssociation InstanceNetworkInterfaceAssociation(XElement e) => new()
    {
        CarrierIp = e.Text("carrierIp"),
        CustomerOwnedIp = e.Text("customerOwnedIp"),
        IpOwnerId = e.Text("ipOwnerId"),
        PublicDnsName = e.Text("publicDnsName"),
        PublicIp = e.Text("publicIp"),
    };

    public static InstanceNetworkInterfaceAttachment InstanceNetworkInterfaceAttachment(XElement e) => new()
    {
        AttachTime = e.Time("attachTime"),
        AttachmentId = e.Text("attachmentId"),
        DeleteOnTermination = e.Bool("deleteOnTermination"),
        DeviceIndex = e.Int("deviceIndex"),
        NetworkCardIndex = e.Int("networkCardIndex"),
        Status = e.Text("status")!,
    };

    public static InstanceIpv6Address InstanceIpv6Address(XElement e) => new()
    {
        Ipv6Address = e.Text("ipv6Address"),
        IsPrimaryIpv6 = e.Bool("isPrimaryIpv6"),
    };

    public static InstancePrivateIpAddress InstancePrivateIpAddress(XElement e) => new()
    {
        Association = e.Child("association", InstanceNetworkInterfaceAssociation),
        Primary = e.Bool("primary"),
        PrivateDnsName = e.Text("privateDnsName"),
        PrivateIpAddress = e.Text("privateIpAddress"),
    };

    public static InstanceNetworkInterface InstanceNetworkInterface(XElement e) => new()
    {
        Association = e.Child("association", InstanceNetworkInterfaceAssociation),
        Attachment = e.Child("attachment", InstanceNetworkInterfaceAttachment),
        Description = e.Text("description"),
        Groups = e.List("groupSet", "item", GroupIdentifier),
        InterfaceType = e.Text("interfaceType"),
        Ipv6Addresses = e.List("ipv6AddressesSet", "item", InstanceIpv6Address),
        MacAddress = e.Text("macAddress"),
        NetworkInterfaceId = e.Text("networkInterfaceId"),
        OwnerId = e.Text("ownerId"),
        PrivateDnsName = e.Text("privateDnsName"),
        PrivateIpAddress = e.Text("privateIpAddress"),
        PrivateIpAddresses = e.List("privateIpAddressesSet", "item", InstancePrivateIpAddress),
        SourceDestCheck = e.Bool("sourceDestCheck"),
        Status = e.Text("status")!,
        SubnetId = e.Text("subnetId"),
        VpcId = e.Text("vpcId"),
    };

    public static Placement Placement(XElement e) => new()
    {
        Affinity = e.Text("affinity"),
        AvailabilityZone = e.Text("availabilityZone"),
        AvailabilityZoneId = e.Text("availabilityZoneId"),
        GroupId = e.Text("groupId"),
        GroupName = e.Text("groupName"),
        HostId = e.Text("hostId"),
        PartitionNumber = e.Int("partitionNumber"),
    };

    public static InstanceState InstanceState(XElement e) => new()
    {
        Code = e.Int("code"),
        Name = e.Text("name")!,
    };

    public static StateReason StateReason(XElement e) => new()
    {
        Code = e.Text("code"),
        Message = e.Text("message"),
    };

    public static Instance Instance(XElement e) => new()
    {
        AmiLaunchIndex = e.Int("amiLaunchIndex"),
        Architecture = e.Text("architecture")!,
        ClientToken = e.Text("clientToken"),
        EbsOptimized = e.Bool("ebsOptimized"),
        IamInstanceProfile = e.Child("iamInstanceProfile", IamInstanceProfile),
        ImageId = e.Text("imageId"),
        InstanceId = e.Text("instanceId"),
        InstanceType = e.Text("instanceType")!,
        Ipv6Address = e.Text("ipv6Address"),
        KeyName = e.Text("keyName"),
        LaunchTime = e.Time("launchTime"),
        NetworkInterfaces = e.List("networkInterfaceSet", "item", InstanceNetworkInterface),
        Placement = e.Child("placement", Placement),
        PrivateDnsName = e.Text("privateDnsName"),
        PrivateIpAddress = e.Text("privateIpAddress"),
        PublicDnsName = e.Text("dnsName"),
        PublicIpAddress = e.Text("ipAddress"),
        RootDeviceName = e.Text("rootDeviceName"),
        SecurityGroups = e.List("groupSet", "item", GroupIdentifier),
        State = e.Child("instanceState", InstanceState),
        StateReason = e.Child("stateReason", StateReason),
        StateTransitionReason = e.Text("reason"),
        SubnetId = e.Text("subnetId"),
        Tags = e.List("tagSet", "item", EC2Answers.Tag),
        VpcId = e.Text("vpcId"),
    };

    public static Reservation Reservation(XElement e) => new()
    {
        Groups = e.List("groupSet", "item", GroupIdentifier),
        Instances = e.List("instancesSet", "item", Instance),
        OwnerId = e.Text("ownerId"),
        RequesterId = e.Text("requesterId"),
        ReservationId = e.Text("reservationId"),
    };

    public static DescribeInstancesResponse DescribeInstancesResult(XElement e) => new()
    {
        NextToken = e.Text("nextToken"),
        Reservations = e.List("reservationSet", "item", Reservation),
    };

    public static InstanceStatusEvent InstanceStatusEvent(XElement e) => new()
    {
        Code = e.Text("code")!,
        Description = e.Text("description"),
        InstanceEventId = e.Text("instanceEventId"),
        NotAfter = e.Time("notAfter"),
        NotBefore = e.Time("notBefore"),
        NotBeforeDeadline = e.Time("notBeforeDeadline"),
    };

    public static InstanceStatusDetails InstanceStatusDetails(XElement e) => new()
    {
        ImpairedSince = e.Time("impairedSince"),
        Name = e.Text("name")!,
        Status = e.Text("status")!,
    };

    public static InstanceStatusSummary InstanceStatusSummary(XElement e) => new()
    {
        Details = e.List("details", "item", InstanceStatusDetails),
        Status = e.Text("status")!,
    };

    public static InstanceStatus InstanceStatus(XElement e) => new()
    {
        AvailabilityZone = e.Text("availabilityZone"),
        AvailabilityZoneId = e.Text("availabilityZoneId"),
        Events = e.List("eventsSet", "item", InstanceStatusEvent),
        InstanceId = e.Text("instanceId"),
        InstanceState = e.Child("instanceState", InstanceState),
        Status = e.Child("instanceStatus", InstanceStatusSummary),
        SystemStatus = e.Child("systemStatus", InstanceStatusSummary),
    };

    public static DescribeInstanceStatusResponse DescribeInstanceStatusResult(XElement e) => new()
    {
        InstanceStatuses = e.List("instanceStatusSet", "item", InstanceStatus),
        NextToken = e.Text("nextToken"),
    };

    public static InstanceStateChange InstanceStateChange(XElement e) => new()
    {
        CurrentState = e.Child("currentState", InstanceState),
        InstanceId = e.Text("instanceId"),
        PreviousState = e.Child("previousState", InstanceState),
    };

    public static TerminateInstancesResponse TerminateInstancesResult(XElement e) => new()
    {
        TerminatingInstances = e.List("instancesSet", "item", InstanceStateChange),
    };

    public static GetConsoleOutputResponse GetConsoleOutputResult(XElement e) => new()
    {
        InstanceId = e.Text("instanceId"),
        Output = e.Text("output"),
        Timestamp = e.Time("timestamp"),
    };
}
