using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What all requests to Route 53 have in common.</summary>
public abstract class AmazonRoute53Request : AmazonWebServiceRequest;
