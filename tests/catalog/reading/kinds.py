"""The product's own columns of each kind of list, under short names for tests."""

from catalog.resources.duties import BasicDutiesResource
from catalog.resources.public_services import PublicServicesResource
from catalog.resources.registers import PowerAndResponsibilityResource
from devolution.resources import DelegatedPowersResource, EntrustedPowersResource, SecondedPowersResource

SERVICES = PublicServicesResource.columns()
DELEGATED = DelegatedPowersResource.columns()
ENTRUSTED = EntrustedPowersResource.columns()
SECONDED = SecondedPowersResource.columns()
DUTIES = BasicDutiesResource.columns()
POWERS = PowerAndResponsibilityResource.columns()
