using System.Xml.Linq;
using Amazon.EC2.Model;
using HostingOps.Aws.Wire;

namespace Amazon.EC2.Wire;

/// <summary>Reads addresses, images and zones, member by member as the EC2 model names them.</summary>
internal static class EC2Answers
{
    public static Tag Tag(XElement e) => new()
    {
        Key = e.Text("key"),
        Value = e.Text("value"),
    };

    public static Address Address(XElement e) => new()
    {
        AllocationId = e.Text("allocationId"),
        AssociationId = e.Text("associationId"),
        CarrierIp = e.Text("carrierIp"),
        CustomerOwnedIp = e.Text("customerOwnedIp"),
        CustomerOwnedIpv4Pool = e.Text("customerOwnedIpv4Pool"),
        Domain = e.Text("domain")!,
        InstanceId = e.Text("instanceId"),
        NetworkBorderGroup = e.Text("networkBorderGroup"),
        NetworkInterfaceId = e.Text("networkInterfaceId"),
        NetworkInterfaceOwnerId = e.Text("networkInterfaceOwnerId"),
        PrivateIpAddress = e.Text("privateIpAddress"),
        PublicIp = e.Text("publicIp"),
        PublicIpv4Pool = e.Text("publicIpv4Pool"),
        ServiceManaged = e.Text("serviceManaged")!,
        SubnetId = e.Text("subnetId"),
        Tags = e.List("tagSet", "item", Tag),
    };

    public static DescribeAddressesResponse DescribeAddressesResult(XElement e) => new()
    {
        Addresses = e.List("addressesSet", "item", Address),
    };

    public static AssociateAddressResponse AssociateAddressResult(XElement e) => new()
    {
        AssociationId = e.Text("associationId"),
    };

    public static EbsBlockDevice EbsBlockDevice(XElement e) => new()
    {
        DeleteOnTermination = e.Bool("deleteOnTermination"),
        Encrypted = e.Bool("encrypted"),
        Iops = e.Int("iops"),
        KmsKeyId = e.Text("kmsKeyId"),
        SnapshotId = e.Text("snapshotId"),
        Throughput = e.Int("throughput"),
        VolumeSize = e.Int("volumeSize"),
        VolumeType = e.Text("volumeType")!,
    };

    public static BlockDeviceMapping BlockDeviceMapping(XElement e) => new()
    {
        DeviceName = e.Text("deviceName"),
        Ebs = e.Child("ebs", EbsBlockDevice),
        NoDevice = e.Text("noDevice"),
        VirtualName = e.Text("virtualName"),
    };

    public static Image Image(XElement e) => new()
    {
        Architecture = e.Text("architecture")!,
        BlockDeviceMappings = e.List("blockDeviceMapping", "item", BlockDeviceMapping),
        CreationDate = e.Text("creationDate"),
        DeprecationTime = e.Text("deprecationTime"),
        Description = e.Text("description"),
        EnaSupport = e.Bool("enaSupport"),
        ImageId = e.Text("imageId"),
        ImageLocation = e.Text("imageLocation"),
        ImageOwnerAlias = e.Text("imageOwnerAlias"),
        ImageType = e.Text("imageType")!,
        Name = e.Text("name"),
        OwnerId = e.Text("imageOwnerId"),
        PlatformDetails = e.Text("platformDetails"),
        Public = e.Bool("isPublic"),
        RootDeviceName = e.Text("rootDeviceName"),
        RootDeviceType = e.Text("rootDeviceType")!,
        State = e.Text("imageState")!,
        StateReason = e.Child("stateReason", EC2InstanceAnswers.StateReason),
        Tags = e.List("tagSet", "item", Tag),
    };

    public static DescribeImagesResponse DescribeImagesResult(XElement e) => new()
    {
        Images = e.List("imagesSet", "item", Image),
        NextToken = e.Text("nextToken"),
    };

    public static AvailabilityZoneMessage AvailabilityZoneMessage(XElement e) => new()
    {
        Message = e.Text("message"),
    };

    public static AvailabilityZone AvailabilityZone(XElement e) => new()
    {
        GroupName = e.Text("groupName"),
        Messages = e.List("messageSet", "item", AvailabilityZoneMessage),
        NetworkBorderGroup = e.Text("networkBorderGroup"),
        OptInStatus = e.Text("optInStatus")!,
        ParentZoneId = e.Text("parentZoneId"),
        ParentZoneName = e.Text("parentZoneName"),
        RegionName = e.Text("regionName"),
        State = e.Text("zoneState")!,
        ZoneId = e.Text("zoneId"),
        ZoneName = e.Text("zoneName"),
        ZoneType = e.Text("zoneType"),
    };

    public static DescribeAvailabilityZonesResponse DescribeAvailabilityZonesResult(XElement e) => new()
    {
        AvailabilityZones = e.List("availabilityZoneInfo", "item", AvailabilityZone),
    };

    public static Subnet Subnet(XElement e) => new()
    {
        AvailabilityZone = e.Text("availabilityZone"),
        AvailableIpAddressCount = e.Int("availableIpAddressCount"),
        DefaultForAz = e.Bool("defaultForAz"),
        MapPublicIpOnLaunch = e.Bool("mapPublicIpOnLaunch"),
        State = e.Text("state"),
        SubnetId = e.Text("subnetId"),
        VpcId = e.Text("vpcId"),
    };

    public static DescribeSubnetsResponse DescribeSubnetsResult(XElement e) => new()
    {
        NextToken = e.Text("nextToken"),
        Subnets = e.List("subnetSet", "item", Subnet),
    };
}
