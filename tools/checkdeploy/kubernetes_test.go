package checkdeploy

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// cluster is what an overlay makes, by name.
type cluster struct {
	deployments map[string]*appsv1.Deployment
	services    map[string]*corev1.Service
	config      map[string]*corev1.ConfigMap
	budgets     map[string]*policyv1.PodDisruptionBudget
	scalers     map[string]*autoscalingv2.HorizontalPodAutoscaler
	policies    map[string]*networkingv1.NetworkPolicy
	ingresses   map[string]*networkingv1.Ingress
}

// build is `kubectl apply -k`, up to the server; fields that do not exist are errors.
func build(t *testing.T, overlay string) *cluster {
	t.Helper()
	out, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), root+"/deploy/kubernetes/"+overlay)
	require.NoError(t, err)
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{appsv1.AddToScheme, corev1.AddToScheme, autoscalingv2.AddToScheme, networkingv1.AddToScheme, policyv1.AddToScheme} {
		require.NoError(t, add(scheme))
	}
	decoder := serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
	c := &cluster{map[string]*appsv1.Deployment{}, map[string]*corev1.Service{}, map[string]*corev1.ConfigMap{}, map[string]*policyv1.PodDisruptionBudget{},
		map[string]*autoscalingv2.HorizontalPodAutoscaler{}, map[string]*networkingv1.NetworkPolicy{}, map[string]*networkingv1.Ingress{}}
	for _, r := range out.Resources() {
		object, _, err := decoder.Decode([]byte(r.MustYaml()), nil, nil)
		require.NoError(t, err, r.MustYaml())
		c.add(t, object)
	}
	return c
}

func (c *cluster) add(t *testing.T, object runtime.Object) {
	t.Helper()
	switch o := object.(type) {
	case *appsv1.Deployment:
		c.deployments[o.Name] = o
	case *corev1.Service:
		c.services[o.Name] = o
	case *corev1.ConfigMap:
		c.config[o.Name] = o
	case *policyv1.PodDisruptionBudget:
		c.budgets[o.Name] = o
	case *autoscalingv2.HorizontalPodAutoscaler:
		c.scalers[o.Name] = o
	case *networkingv1.NetworkPolicy:
		c.policies[o.Name] = o
	case *networkingv1.Ingress:
		c.ingresses[o.Name] = o
	case *corev1.Namespace:
		require.Equal(t, "agrovet", o.Name)
	default:
		require.Fail(t, "unexpected object", "%T", object)
	}
}

func overlays(t *testing.T) map[string]*cluster {
	t.Helper()
	return map[string]*cluster{"single": build(t, "single"), "split": build(t, "split")}
}

func TestKubernetesShapes(t *testing.T) {
	all := overlays(t)
	require.Equal(t, []string{"agrovet"}, keys(all["single"].deployments))
	var names []string
	for _, m := range modules {
		names = append(names, "agrovet-"+m)
	}
	require.ElementsMatch(t, names, keys(all["split"].deployments))
}

// TestKubernetesPods: what the restricted standard asks for, and how agrovet starts and ends.
func TestKubernetesPods(t *testing.T) {
	for shape, c := range overlays(t) {
		for name, d := range c.deployments {
			t.Run(shape+"/"+name, func(t *testing.T) {
				pod := d.Spec.Template.Spec
				require.True(t, *pod.SecurityContext.RunAsNonRoot)
				require.Equal(t, corev1.SeccompProfileTypeRuntimeDefault, pod.SecurityContext.SeccompProfile.Type)
				require.False(t, *pod.AutomountServiceAccountToken)
				require.False(t, *pod.EnableServiceLinks, "they make variables that agrovet refuses")
				require.Nil(t, d.Spec.Replicas, "the autoscaler has the say")
				require.Len(t, pod.Containers, 1)
				box := pod.Containers[0]
				requirePinned(t, box.Image)
				require.False(t, *box.SecurityContext.AllowPrivilegeEscalation)
				require.True(t, *box.SecurityContext.ReadOnlyRootFilesystem)
				require.Equal(t, []corev1.Capability{"ALL"}, box.SecurityContext.Capabilities.Drop)
				require.NotZero(t, box.Resources.Requests.Cpu().MilliValue(), "the autoscaler reckons from it")
				require.NotZero(t, box.Resources.Limits.Memory().Value())
				for _, p := range []*corev1.Probe{box.StartupProbe, box.ReadinessProbe, box.LivenessProbe} {
					require.Equal(t, "/health/", p.HTTPGet.Path, "/health/detailed/ fails when Redis is away")
				}
				const drain = 20
				require.Greater(t, *pod.TerminationGracePeriodSeconds, box.Lifecycle.PreStop.Sleep.Seconds+drain+10)
			})
		}
	}
}

// TestKubernetesSelectors: whatever selects pods selects those of one deployment.
func TestKubernetesSelectors(t *testing.T) {
	for shape, c := range overlays(t) {
		for name, d := range c.deployments {
			one := func(what string, s *metav1.LabelSelector) {
				t.Helper()
				selector, err := metav1.LabelSelectorAsSelector(s)
				require.NoError(t, err)
				for other, o := range c.deployments {
					require.Equal(t, other == name, selector.Matches(labels.Set(o.Spec.Template.Labels)), "%s: %s of %s and %s", shape, what, name, other)
				}
			}
			one("deployment", d.Spec.Selector)
			one("service", &metav1.LabelSelector{MatchLabels: c.services[name].Spec.Selector})
			one("budget", c.budgets[name].Spec.Selector)
			for _, spread := range d.Spec.Template.Spec.TopologySpreadConstraints {
				one("spread", spread.LabelSelector)
			}
			require.Equal(t, name, c.scalers[name].Spec.ScaleTargetRef.Name)
			require.GreaterOrEqual(t, *c.scalers[name].Spec.MinReplicas, int32(2))
		}
		policy, err := metav1.LabelSelectorAsSelector(&c.policies["agrovet"].Spec.PodSelector)
		require.NoError(t, err)
		for name, d := range c.deployments {
			require.True(t, policy.Matches(labels.Set(d.Spec.Template.Labels)), name)
		}
	}
}

// TestKubernetesSettings: variables that exist, secrets by reference alone, addresses of services that are there.
func TestKubernetesSettings(t *testing.T) {
	known := variables(t)
	for shape, c := range overlays(t) {
		require.Len(t, c.config, 1)
		for name, config := range c.config {
			requireVariables(t, known, shape, keys(config.Data)...)
			for key, value := range config.Data {
				require.NotRegexp(t, secretName, key, "belongs to a Secret")
				if strings.HasSuffix(key, "_URL") && strings.HasPrefix(value, "http://agrovet") {
					require.Contains(t, c.services, strings.TrimSuffix(strings.TrimPrefix(value, "http://"), ":8000"))
				}
			}
			for _, d := range c.deployments {
				from := d.Spec.Template.Spec.Containers[0].EnvFrom
				require.Equal(t, name, from[0].ConfigMapRef.Name, "by its hash, so that a change rolls out")
				require.Equal(t, "agrovet-shared", from[1].SecretRef.Name)
				for _, e := range d.Spec.Template.Spec.Containers[0].Env {
					requireVariables(t, known, d.Name, e.Name)
				}
			}
		}
	}
	for _, m := range modules {
		from := build(t, "split").deployments["agrovet-"+m].Spec.Template.Spec.Containers[0].EnvFrom
		require.Len(t, from, 3, "its own database and no other")
		require.Equal(t, "agrovet-"+m, from[2].SecretRef.Name)
	}
	require.Len(t, build(t, "single").deployments["agrovet"].Spec.Template.Spec.Containers[0].EnvFrom, 2+len(modules))
}

// TestKubernetesIngress: every path leads to a service that is there, and none to what stays inside.
func TestKubernetesIngress(t *testing.T) {
	for shape, c := range overlays(t) {
		hosts := map[string]bool{}
		for _, rule := range c.ingresses["agrovet"].Spec.Rules {
			hosts[rule.Host] = true
			for _, p := range rule.HTTP.Paths {
				require.Contains(t, c.services, p.Backend.Service.Name, shape)
				require.Equal(t, "http", p.Backend.Service.Port.Name)
				for _, inside := range []string{"/internal/rpc/auth/", "/metrics/"} {
					require.False(t, strings.HasPrefix(inside, p.Path), "%s: %s is reachable by %s", shape, inside, p.Path)
				}
			}
		}
		if shape == "split" {
			for _, m := range modules {
				require.True(t, hosts[m+".localhost"], m)
			}
		}
	}
}
