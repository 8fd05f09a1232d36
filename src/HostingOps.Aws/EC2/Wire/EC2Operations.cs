using System.Xml.Linq;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using HostingOps.Aws.Wire;

namespace Amazon.EC2.Wire;

/// <summary>The operations, in the terms of the EC2 model of 2016-11-15: a form in, XML out.</summary>
internal static class EC2Operations
{
    private const string Version = "2016-11-15";

    public static WireOperation<DescribeAddressesRequest, DescribeAddressesResponse> DescribeAddresses { get; } =
        Define<DescribeAddressesRequest, DescribeAddressesResponse>(EC2Forms.DescribeAddressesRequest, EC2Answers.DescribeAddressesResult);

    public static WireOperation<AssociateAddressRequest, AssociateAddressResponse> AssociateAddress { get; } =
        Define<AssociateAddressRequest, AssociateAddressResponse>(EC2Forms.AssociateAddressRequest, EC2Answers.AssociateAddressResult);

    public static WireOperation<DisassociateAddressRequest, DisassociateAddressResponse> DisassociateAddress { get; } =
        Define<DisassociateAddressRequest, DisassociateAddressResponse>(EC2Forms.DisassociateAddressRequest, static _ => new());

    public static WireOperation<DescribeInstancesRequest, DescribeInstancesResponse> DescribeInstances { get; } =
        Define<DescribeInstancesRequest, DescribeInstancesResponse>(EC2Forms.DescribeInstancesRequest, EC2InstanceAnswers.DescribeInstancesResult);

    public static WireOperation<DescribeInstanceStatusRequest, DescribeInstanceStatusResponse> DescribeInstanceStatus { get; } =
        Define<DescribeInstanceStatusRequest, DescribeInstanceStatusResponse>(
            EC2Forms.DescribeInstanceStatusRequest, EC2InstanceAnswers.DescribeInstanceStatusResult);

    public static WireOperation<RunInstancesRequest, RunInstancesResponse> RunInstances { get; } =
        Define<RunInstancesRequest, RunInstancesResponse>(
            EC2LaunchForms.RunInstancesRequest, static e => new() { Reservation = EC2InstanceAnswers.Reservation(e) });

    public static WireOperation<TerminateInstancesRequest, TerminateInstancesResponse> TerminateInstances { get; } =
        Define<TerminateInstancesRequest, TerminateInstancesResponse>(EC2Forms.TerminateInstancesRequest, EC2InstanceAnswers.TerminateInstancesResult);

    public static WireOperation<CreateTagsRequest, CreateTagsResponse> CreateTags { get; } =
        Define<CreateTagsRequest, CreateTagsResponse>(EC2Forms.CreateTagsRequest, static _ => new());

    public static WireOperation<DescribeImagesRequest, DescribeImagesResponse> DescribeImages { get; } =
        Define<DescribeImagesRequest, DescribeImagesResponse>(EC2Forms.DescribeImagesRequest, EC2Answers.DescribeImagesResult);

    public static WireOperation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResponse> DescribeAvailabilityZones { get; } =
        Define<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResponse>(
            EC2Forms.DescribeAvailabilityZonesRequest, EC2Answers.DescribeAvailabilityZonesResult);

    public static WireOperation<DescribeSubnetsRequest, DescribeSubnetsResponse> DescribeSubnets { get; } =
        Define<DescribeSubnetsRequest, DescribeSubnetsResponse>(EC2Forms.DescribeSubnetsRequest, EC2Answers.DescribeSubnetsResult);

    public static WireOperation<GetConsoleOutputRequest, GetConsoleOutputResponse> GetConsoleOutput { get; } =
        Define<GetConsoleOutputRequest, GetConsoleOutputResponse>(EC2Forms.GetConsoleOutputRequest, EC2InstanceAnswers.GetConsoleOutputResult);

    private static WireOperation<TRequest, TResponse> Define<TRequest, TResponse>(
        Action<QueryForm, TRequest> write, Func<XElement, TResponse> read)
        where TRequest : AmazonEC2Request
        where TResponse : AmazonWebServiceResponse
    {
        var action = typeof(TRequest).Name[..^"Request".Length];
        return new(typeof(TResponse).Name, request => Form(action, request, write), (e, _) => read(e), static e =>
            new AmazonEC2Exception(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status));
    }

    private static DefaultRequest Form<TRequest>(string action, TRequest request, Action<QueryForm, TRequest> write)
        where TRequest : AmazonEC2Request
    {
        var result = new DefaultRequest(request, "Amazon.EC2") { HttpMethod = "POST", ResourcePath = "/" };
        result.Parameters.Add("Action", action);
        result.Parameters.Add("Version", Version);
        write(new QueryForm(result.ParameterCollection), request);
        return result;
    }
}
