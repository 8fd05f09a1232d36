using System.Xml.Linq;
using Amazon.Route53.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using HostingOps.Aws.Wire;

namespace Amazon.Route53.Wire;

/// <summary>The operations, in the terms of the Route 53 model of 2013-04-01.</summary>
internal static class Route53Operations
{
    private const string Zones = "/2013-04-01/hostedzone";
    private const string HealthChecks = "/2013-04-01/healthcheck";

    public static WireOperation<ListHostedZonesRequest, ListHostedZonesResponse> ListHostedZones { get; } = Define(
        static (ListHostedZonesRequest r) => Route53Request.Get(r, Zones)
            .With("marker", r.Marker).With("maxitems", r.MaxItems)
            .With("delegationsetid", Route53Id.Strip(r.DelegationSetId)).With("hostedzonetype", r.HostedZoneType?.Value),
        static (e, _) => Route53Answers.ListHostedZonesResponse(e));

    public static WireOperation<ListHostedZonesByNameRequest, ListHostedZonesByNameResponse> ListHostedZonesByName { get; } = Define(
        static (ListHostedZonesByNameRequest r) => Route53Request.Get(r, "/2013-04-01/hostedzonesbyname")
            .With("dnsname", r.DNSName).With("hostedzoneid", Route53Id.Strip(r.HostedZoneId)).With("maxitems", r.MaxItems),
        static (e, _) => Route53Answers.ListHostedZonesByNameResponse(e));

    public static WireOperation<GetHostedZoneRequest, GetHostedZoneResponse> GetHostedZone { get; } = Define(
        static (GetHostedZoneRequest r) => Route53Request.Get(r, Zones + "/{Id}", r.Id),
        static (e, _) => Route53Answers.GetHostedZoneResponse(e));

    public static WireOperation<CreateHostedZoneRequest, CreateHostedZoneResponse> CreateHostedZone { get; } = Define(
        static (CreateHostedZoneRequest r) => Route53Request.Post(r, Zones, "CreateHostedZoneRequest", Route53Bodies.CreateHostedZoneRequest(r)),
        static (e, response) =>
        {
            var answer = Route53Answers.CreateHostedZoneResponse(e);
            answer.Location = response.GetHeaderValue("Location");
            return answer;
        });

    public static WireOperation<DeleteHostedZoneRequest, DeleteHostedZoneResponse> DeleteHostedZone { get; } = Define(
        static (DeleteHostedZoneRequest r) => Route53Request.Delete(r, Zones + "/{Id}", r.Id),
        static (e, _) => Route53Answers.DeleteHostedZoneResponse(e));

    public static WireOperation<ListResourceRecordSetsRequest, ListResourceRecordSetsResponse> ListResourceRecordSets { get; } = Define(
        static (ListResourceRecordSetsRequest r) => Route53Request.Get(r, Zones + "/{Id}/rrset", r.HostedZoneId)
            .With("name", r.StartRecordName).With("type", r.StartRecordType?.Value)
            .With("identifier", r.StartRecordIdentifier).With("maxitems", r.MaxItems),
        static (e, _) => Route53Answers.ListResourceRecordSetsResponse(e));

    public static WireOperation<ChangeResourceRecordSetsRequest, ChangeResourceRecordSetsResponse> ChangeResourceRecordSets { get; } = Define(
        static (ChangeResourceRecordSetsRequest r) => Route53Request.Post(
            r, Zones + "/{Id}/rrset/", "ChangeResourceRecordSetsRequest", Route53Bodies.ChangeResourceRecordSetsRequest(r), r.HostedZoneId),
        static (e, _) => Route53Answers.ChangeResourceRecordSetsResponse(e));

    public static WireOperation<GetChangeRequest, GetChangeResponse> GetChange { get; } = Define(
        static (GetChangeRequest r) => Route53Request.Get(r, "/2013-04-01/change/{Id}", r.Id),
        static (e, _) => Route53Answers.GetChangeResponse(e));

    public static WireOperation<GetHealthCheckStatusRequest, GetHealthCheckStatusResponse> GetHealthCheckStatus { get; } = Define(
        static (GetHealthCheckStatusRequest r) =>
            Route53Request.Get(r, HealthChecks + "/{HealthCheckId}/status", r.HealthCheckId, "HealthCheckId"),
        static (e, _) => Route53HealthAnswers.GetHealthCheckStatusResponse(e));

    public static WireOperation<GetHealthCheckRequest, GetHealthCheckResponse> GetHealthCheck { get; } = Define(
        static (GetHealthCheckRequest r) => Route53Request.Get(r, HealthChecks + "/{HealthCheckId}", r.HealthCheckId, "HealthCheckId"),
        static (e, _) => Route53HealthAnswers.GetHealthCheckResponse(e));

    public static WireOperation<ListHealthChecksRequest, ListHealthChecksResponse> ListHealthChecks { get; } = Define(
        static (ListHealthChecksRequest r) => Route53Request.Get(r, HealthChecks).With("marker", r.Marker).With("maxitems", r.MaxItems),
        static (e, _) => Route53HealthAnswers.ListHealthChecksResponse(e));

    public static WireOperation<CreateHealthCheckRequest, CreateHealthCheckResponse> CreateHealthCheck { get; } = Define(
        static (CreateHealthCheckRequest r) => Route53Request.Post(
            r, HealthChecks, "CreateHealthCheckRequest", Route53Bodies.CreateHealthCheckRequest(r)),
        static (e, response) =>
        {
            var answer = Route53HealthAnswers.CreateHealthCheckResponse(e);
            answer.Location = response.GetHeaderValue("Location");
            return answer;
        });

    private static WireOperation<TRequest, TResponse> Define<TRequest, TResponse>(
        Func<TRequest, IRequest> write, Func<XElement, IWebResponseData, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse =>
        new(typeof(TResponse).Name, write, read, Route53Errors.ToException);
}
